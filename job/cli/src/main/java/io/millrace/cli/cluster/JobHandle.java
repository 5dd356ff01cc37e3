package io.millrace.cli.cluster;

import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.state.LocalRun;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A job that was found.
 *
 * @param state Flink's word, such as {@code RUNNING}; {@link #UNKNOWN} if it does not answer
 * @param rest where the API is that knows this job
 * @param parallelism of its widest part; 0 if not known
 * @param local the run on this machine that it is, or nothing if it is in a cluster
 */
public record JobHandle(
        String name,
        String id,
        String state,
        Instant since,
        URI rest,
        int parallelism,
        Optional<LocalRun> local) {
    /** The state of a job whose Flink does not answer. */
    public static final String UNKNOWN = "UNKNOWN";

    static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

    /** Whether it has ended, one way or another. */
    public boolean hasEnded() {
        return ENDED.contains(state);
    }

    /** Flink's API for it. */
    public FlinkRest flink() {
        return new FlinkRest(rest);
    }

    /** Where it runs, for people. */
    public String where() {
        return local.map(run -> "this machine, process " + run.pid()).orElse(rest.toString());
    }
}
