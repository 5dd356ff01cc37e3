package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.SessionCluster;
import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.cluster.StartWatch;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A job on a cluster that was just submitted. Used by one thread. */
final class Arrival implements Start {
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final SessionCluster cluster;
    private final FlinkRest flink;
    private final String job;
    private final Duration patience;
    private final Proof proof;

    Arrival(SessionCluster cluster, String job, Duration patience) {
        this.cluster = cluster;
        this.flink = new FlinkRest(cluster.address().rest());
        this.job = job;
        this.patience = patience;
        this.proof = new Proof(Instant.now(), patience);
    }

    @Override
    public String job() {
        return job;
    }

    @Override
    public Optional<Instant> since() {
        return proof.since();
    }

    @Override
    public Optional<String> await() throws IOException, InterruptedException {
        StartWatch watch = new StartWatch(cluster, job);
        while (true) {
            Progress progress = cluster.progress(job);
            Optional<Proof.Verdict> verdict =
                    proof.see(Instant.now(), progress, completedCheckpoints(), watch.failure());
            if (verdict.isPresent()) {
                return verdict.get().problem();
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private long completedCheckpoints() throws IOException, InterruptedException {
        return flink.get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
    }

    @Override
    public boolean giveUp() throws IOException, InterruptedException {
        if (!cluster.progress(job).hasEnded()) {
            flink.patch("/jobs/" + job);
        }
        Instant end = Instant.now().plus(patience);
        while (!cluster.progress(job).hasEnded()) {
            if (Instant.now().isAfter(end)) {
                throw new ClusterException(
                        "The new version, %s, does not end after %d s"
                                .formatted(job, patience.toSeconds()));
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return completedCheckpoints() > 0;
    }
}
