package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until a submitted job runs. Used by one thread. */
public final class StartWatch {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final int HOPELESS = 3;

    private final SessionCluster cluster;
    private final FlinkRest flink;
    private final String jobId;

    /** A watch over this job. */
    public StartWatch(SessionCluster cluster, String jobId) {
        this.cluster = cluster;
        this.flink = new FlinkRest(cluster.address().rest());
        this.jobId = jobId;
    }

    /**
     * Waits until it runs, has ended or has failed several times, but so long at most; returns how
     * it stands then.
     */
    public Progress await(Duration atMost) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(atMost);
        Progress progress = cluster.progress(jobId);
        while (!progress.runs() && !progress.hasEnded() && Instant.now().isBefore(end)) {
            Thread.sleep(GLANCE.toMillis());
            progress = cluster.progress(jobId);
            if (JobFailure.count(exceptions()) >= HOPELESS) {
                break;
            }
        }
        return progress;
    }

    private JsonNode exceptions() throws IOException, InterruptedException {
        return flink.get("/jobs/" + jobId + "/exceptions");
    }

    /** Why it failed last, if it did: one line. */
    public Optional<String> failure() throws IOException, InterruptedException {
        return JobFailure.in(exceptions()).stream().findFirst().map(JobFailure::cause);
    }
}
