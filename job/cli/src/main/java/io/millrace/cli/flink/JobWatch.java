package io.millrace.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One job seen through Flink's REST API. Not thread-safe. */
public final class JobWatch {
    private final FlinkRest rest;
    private final String job;
    private final JobMetrics metrics;
    private final Totals totals = new Totals();
    private long lastFailure;
    private JobState state = new JobState("CREATED", List.of());

    /** Watches the job with this id. */
    public JobWatch(FlinkRest rest, String job) {
        this.rest = rest;
        this.job = job;
        this.metrics = new JobMetrics(rest, job);
    }

    /**
     * Where a job stands.
     *
     * @param status Flink's word, such as {@code RUNNING}
     */
    public record JobState(String status, List<String> vertices) {
        /** Whether the job has ended, one way or another. */
        public boolean hasEnded() {
            return List.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED").contains(status);
        }

        /** Whether all of its tasks run, as far as Flink tells. */
        public boolean isRunning() {
            return status.equals("RUNNING");
        }
    }

    /**
     * A failure of the job.
     *
     * @param cause one line
     */
    public record Failure(Instant at, String cause) {}

    /**
     * What the job's checkpoints have come to.
     *
     * @param completed since the job was started
     * @param newest when the newest was triggered
     * @param failure why those fail that came after it; empty if none did
     */
    public record Checkpoints(
            long completed, Optional<Instant> newest, Optional<CheckpointFailure> failure) {
        /** What an answer to {@code /jobs/ID/checkpoints} says. */
        static Checkpoints of(JsonNode answer) {
            JsonNode newest = answer.path("latest").path("completed").path("trigger_timestamp");
            return new Checkpoints(
                    answer.path("counts").path("completed").asLong(),
                    newest.isNumber()
                            ? Optional.of(Instant.ofEpochMilli(newest.asLong()))
                            : Optional.empty(),
                    CheckpointFailure.in(answer));
        }
    }

    /** Asks for the state and the metrics. */
    public void update() throws IOException, InterruptedException {
        JsonNode answer = rest.get("/jobs/" + job);
        List<String> vertices = new ArrayList<>();
        answer.path("vertices").forEach(vertex -> vertices.add(vertex.path("id").asText()));
        state = new JobState(answer.path("state").asText(), vertices);
        totals.update(metrics.sample(vertices));
    }

    /** The state at the last {@link #update()}. */
    public JobState state() {
        return state;
    }

    /** The metrics at the last {@link #update()}, added up. */
    public Totals totals() {
        return totals;
    }

    /** Asks for failures that were not told before, oldest first. */
    public List<Failure> newFailures() throws IOException, InterruptedException {
        JsonNode entries =
                rest.get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries");
        List<Failure> failures = new ArrayList<>();
        long newest = lastFailure;
        for (JsonNode entry : entries) {
            long at = entry.path("timestamp").asLong();
            if (at > lastFailure) {
                failures.add(
                        0,
                        new Failure(
                                Instant.ofEpochMilli(at),
                                RootCause.of(entry.path("stacktrace").asText())));
                newest = Math.max(newest, at);
            }
        }
        lastFailure = newest;
        return failures;
    }

    /** Asks for the checkpoints. */
    public Checkpoints checkpoints() throws IOException, InterruptedException {
        return Checkpoints.of(rest.get("/jobs/" + job + "/checkpoints"));
    }
}
