package io.millrace.cli.status;

import io.millrace.cli.flink.CheckpointFailure;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at a job.
 *
 * @param at when it was looked at
 * @param state Flink's word, such as {@code RUNNING}
 * @param rest where Flink tells more
 * @param restarts since it was submitted
 * @param failure the newest, if there was any
 */
public record JobStatus(
        Instant at,
        String name,
        String id,
        String state,
        Instant started,
        URI rest,
        long restarts,
        Checkpoints checkpoints,
        Optional<Failure> failure,
        List<RuleStatus> rules) {
    public JobStatus {
        rules = List.copyOf(rules);
    }

    /** Whether the equation of each rule that has one is right. */
    public boolean balances() {
        return rules.stream()
                .map(RuleStatus::account)
                .allMatch(account -> !account.isClaimed() || account.balances());
    }

    /**
     * What its checkpoints have come to.
     *
     * @param completed since the job was submitted
     * @param failed likewise
     * @param failure why those fail that came after the last complete one, if any did
     */
    public record Checkpoints(
            long completed,
            long failed,
            Optional<Checkpoint> last,
            Optional<CheckpointFailure> failure) {}

    /**
     * A checkpoint that is complete.
     *
     * @param at when it was triggered
     */
    public record Checkpoint(long id, Instant at, long millis, long bytes) {}

    /**
     * A failure of the job.
     *
     * @param cause one line
     */
    public record Failure(Instant at, String cause) {}
}
