package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.flink.FlinkAnswerException;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.state.CheckpointStore;
import io.millrace.cli.state.LocalRun;
import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.rule.ClusterDefaults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/** Ends a job, with a savepoint or without. Used by one thread. */
public final class JobEnd {
    private static final Duration GLANCE = Duration.ofMillis(300);

    private final JobHandle job;
    private final Duration patience;
    private final FlinkRest flink;

    /**
     * The end of this job.
     *
     * @param patience how long to wait for it
     */
    public JobEnd(JobHandle job, Duration patience) {
        this.job = job;
        this.patience = patience;
        this.flink = job.flink();
    }

    /**
     * Stops it with a savepoint and waits until it has ended.
     *
     * @param folder where a cluster's job leaves the savepoint, if not where it would by itself
     * @return where the savepoint is
     * @throws ClusterException if there is none; says in which state the job is
     */
    public String stop(Optional<String> folder) throws IOException, InterruptedException {
        return job.local().isPresent() ? stop(job.local().get()) : stopInCluster(folder);
    }

    /** The run stops in an orderly way when its process is asked to, and its Flink with it. */
    private String stop(LocalRun run) throws IOException, InterruptedException {
        Instant before = Instant.now();
        ProcessHandle.of(run.pid()).filter(process -> run.isAlive()).ifPresent(this::terminate);
        awaitEnd(run);
        return newest(run)
                .filter(
                        checkpoint ->
                                checkpoint.folder().getFileName().toString().startsWith("sav"))
                .filter(checkpoint -> checkpoint.written().isAfter(before.minusSeconds(2)))
                .map(checkpoint -> checkpoint.folder().toUri().toString())
                .orElseThrow(
                        () ->
                                new ClusterException(
                                        "Job '"
                                                + job.name()
                                                + "' has ended without a savepoint; the next run"
                                                + " resumes from the checkpoint before. Its log"
                                                + " tells more: "
                                                + run.folder().log()));
    }

    private void terminate(ProcessHandle process) {
        if (!process.destroy()) {
            throw new ClusterException(
                    "Process " + process.pid() + " of job '" + job.name() + "' cannot be stopped.");
        }
    }

    private static Optional<RetainedCheckpoint> newest(LocalRun run) throws IOException {
        return new CheckpointStore(run.folder().checkpoints()).newest(damaged -> {});
    }

    private void awaitEnd(LocalRun run) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (run.isAlive()) {
            if (Instant.now().isAfter(end)) {
                throw new ClusterException(
                        "Job '%s' does not end: process %d is still there after %d s."
                                .formatted(job.name(), run.pid(), patience.toSeconds()));
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private String stopInCluster(Optional<String> folder) throws IOException, InterruptedException {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("drain", false).put("formatType", "NATIVE");
        Optional<String> target = folder.isPresent() ? folder : savepointFolder();
        target.ifPresent(path -> body.put("targetDirectory", path));
        String trigger;
        try {
            trigger = flink.post(path("/stop"), body).path("request-id").asText();
        } catch (FlinkAnswerException e) {
            throw new ClusterException(refused(e.reason()), e);
        }
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            JsonNode answer = flink.get(path("/savepoints/" + trigger));
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                String savepoint = savepoint(answer.path("operation"));
                awaitEndInCluster(end);
                return savepoint;
            }
            Thread.sleep(GLANCE.toMillis());
        }
        throw new ClusterException(
                ("The savepoint of job '%s' is not complete after %d s; Flink goes on with it. A sink that waits for"
                                + " TDengine holds it up: 'millrace logs %3$s'. 'millrace cancel %3$s' ends the job without one.")
                        .formatted(job.name(), patience.toSeconds(), ShellWord.of(job.name())));
    }

    /**
     * Where to leave a savepoint, unless the cluster says so itself: beside the job's checkpoints.
     * Flink asks for a folder even if the job's own options name one.
     */
    public Optional<String> savepointFolder() throws IOException, InterruptedException {
        Configuration cluster = Configuration.fromMap(flink.configuration());
        if (cluster.contains(CheckpointingOptions.SAVEPOINT_DIRECTORY)) {
            return Optional.empty();
        }
        // FOLDER/JOB-ID/chk-7
        return lastCheckpoint()
                .filter(path -> path.matches(".*/chk-\\d+/?"))
                .map(path -> path.replaceFirst("/[^/]+/chk-\\d+/?$", ""))
                .or(() -> cluster.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .map(ClusterDefaults::savepointsBeside);
    }

    private String savepoint(JsonNode operation) {
        JsonNode location = operation.path("location");
        if (location.isTextual()) {
            return location.asText();
        }
        throw new ClusterException(
                refused(
                        RootCause.of(
                                operation.path("failure-cause").path("stack-trace").asText())));
    }

    private String refused(String reason) {
        String hint =
                reason.contains("targetDirectory")
                        ? " Say where with --savepoint-dir, a folder that all machines of the"
                                + " cluster share."
                        : " The job runs on, if it did before.";
        return "Job '%s' could not be stopped with a savepoint: %s%s"
                .formatted(job.name(), reason.endsWith(".") ? reason : reason + ".", hint);
    }

    private void awaitEndInCluster(Instant end) throws IOException, InterruptedException {
        while (!hasEnded() && Instant.now().isBefore(end)) {
            Thread.sleep(GLANCE.toMillis());
        }
    }

    /** In application mode the cluster ends with its job, so silence means that too. */
    private boolean hasEnded() throws InterruptedException {
        try {
            return new JobHandle(
                            job.name(),
                            job.id(),
                            flink.get(path("")).path("state").asText(),
                            job.since(),
                            job.rest(),
                            0,
                            job.local())
                    .hasEnded();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Cancels it and waits until it has ended.
     *
     * @return where its last checkpoint is, if it has one
     */
    public Optional<String> cancel() throws IOException, InterruptedException {
        Optional<String> checkpoint = lastCheckpoint();
        flink.patch(path("?mode=cancel"));
        if (job.local().isPresent()) {
            awaitEnd(job.local().get());
            return newest(job.local().get()).map(last -> last.folder().toUri().toString());
        }
        awaitEndInCluster(Instant.now().plus(patience));
        // One more may have been completed meanwhile.
        return lastCheckpoint().or(() -> checkpoint);
    }

    private Optional<String> lastCheckpoint() throws InterruptedException {
        try {
            JsonNode latest = flink.get(path("/checkpoints")).path("latest");
            return Optional.ofNullable(latest.path("completed").path("external_path").textValue())
                    .or(() -> Optional.ofNullable(restored(latest)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One that began from a savepoint and has got no further. */
    private static String restored(JsonNode latest) {
        return latest.path("restored").path("external_path").textValue();
    }

    private String path(String rest) {
        return "/jobs/" + job.id() + rest;
    }
}
