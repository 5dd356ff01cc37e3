package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.SessionCluster;
import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.cluster.StartWatch;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Watches a job that was just submitted until it has proved itself: all tasks run, and a checkpoint
 * is complete. Used by one thread.
 */
final class Arrival {
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** For how long a job that fails may start again; what passes by passes in that time. */
    private static final Duration SECOND_CHANCE = Duration.ofSeconds(10);

    private final SessionCluster cluster;
    private final FlinkRest flink;
    private final String job;
    private Optional<Instant> since = Optional.empty();

    Arrival(SessionCluster cluster, String job) {
        this.cluster = cluster;
        this.flink = new FlinkRest(cluster.address().rest());
        this.job = job;
    }

    /** Flink's id of the job. */
    String job() {
        return job;
    }

    /** When all of its tasks were seen to run first. */
    Optional<Instant> since() {
        return since;
    }

    /** Waits; returns what is wrong, if something is. */
    Optional<String> await(Duration atMost) throws IOException, InterruptedException {
        StartWatch watch = new StartWatch(cluster, job);
        Instant end = Instant.now().plus(atMost);
        Instant lastChance = Instant.MAX;
        Progress progress = cluster.progress(job);
        while (Instant.now().isBefore(end)) {
            if (progress.hasEnded()) {
                return Optional.of(ended(progress, watch));
            }
            if (progress.runs() && since.isEmpty()) {
                since = Optional.of(Instant.now());
            }
            if (progress.runs() && completedCheckpoints() > 0) {
                return Optional.empty();
            }
            Optional<String> failure = watch.failure();
            if (failure.isPresent() && lastChance.equals(Instant.MAX)) {
                lastChance = Instant.now().plus(SECOND_CHANCE);
            }
            if (Instant.now().isAfter(lastChance)) {
                return failure;
            }
            Thread.sleep(GLANCE.toMillis());
            progress = cluster.progress(job);
        }
        if (progress.runs() && watch.failure().isEmpty()) {
            // A checkpoint waits for TDengine, whatever the version.
            return Optional.empty();
        }
        return Optional.of(
                watch.failure()
                        .orElse(
                                "%d of %d tasks run after %d s"
                                        .formatted(
                                                progress.tasksUp(),
                                                progress.tasks(),
                                                atMost.toSeconds())));
    }

    private static String ended(Progress progress, StartWatch watch)
            throws IOException, InterruptedException {
        return watch.failure().orElse("it has ended, " + progress.state().toLowerCase(Locale.ROOT));
    }

    private long completedCheckpoints() throws IOException, InterruptedException {
        return flink.get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
    }

    /** Cancels the job and waits until it has ended. */
    void giveUp(Duration atMost) throws IOException, InterruptedException {
        if (!cluster.progress(job).hasEnded()) {
            flink.patch("/jobs/" + job);
        }
        Instant end = Instant.now().plus(atMost);
        while (!cluster.progress(job).hasEnded() && Instant.now().isBefore(end)) {
            Thread.sleep(GLANCE.toMillis());
        }
    }
}
