package io.millrace.cli.job;

import io.millrace.cli.fit.Restore;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.JobWatch;
import io.millrace.cli.flink.LocalCluster;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.state.CheckpointStore;
import io.millrace.cli.state.LocalRun;
import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.cli.terminal.ServerException;
import io.millrace.rule.RuleJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.file.PathUtils;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job in a cluster of its own: prepared, started, watched, stopped. Not thread-safe; whoever
 * calls must hold the job's {@link io.millrace.cli.state.JobLock}.
 */
public final class JobRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(10);
    private static final Duration CANCEL = Duration.ofSeconds(10);

    private final JobRequest request;
    private final LocalCluster cluster;
    private final RuleJob job;
    private final Optional<Restore> restore;
    private JobClient client;
    private CompletableFuture<JobExecutionResult> result;
    private JobWatch watch;
    private boolean earlierRunsDiscarded;

    private JobRun(
            JobRequest request, LocalCluster cluster, RuleJob job, Optional<Restore> restore) {
        this.request = request;
        this.cluster = cluster;
        this.job = job;
        this.restore = restore;
    }

    /**
     * Starts the cluster and plans the job.
     *
     * @throws io.millrace.rule.RuleException if the rules are wrong
     * @throws ServerException if Flink does not start
     */
    public static JobRun prepare(JobRequest request) throws Exception {
        LocalCluster cluster = startFlink(request);
        try {
            RuleJob job = RuleJob.prepare(request.settings(), request.files(), cluster.target());
            return new JobRun(request, cluster, job, restore(request, job));
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static LocalCluster startFlink(JobRequest request) throws InterruptedException {
        Path temporary = request.folder().temporary();
        try {
            PathUtils.deleteDirectory(Files.createDirectories(temporary));
            Files.createDirectories(temporary);
            return LocalCluster.start(request.flink());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new ServerException(
                    "Flink does not start: %s. Its files are in '%s' (--state)%s."
                            .formatted(
                                    RootCause.of(e),
                                    temporary,
                                    request.folder()
                                            .scarceSpace()
                                            .map(space -> ", where " + space)
                                            .orElse("")),
                    e);
        }
    }

    private static Optional<Restore> restore(JobRequest request, RuleJob job) throws IOException {
        if (request.resumeFrom().isEmpty()) {
            return Optional.empty();
        }
        RetainedCheckpoint checkpoint = request.resumeFrom().get();
        return Optional.of(
                Restore.of(
                        checkpoint.folder().toUri().toString(),
                        job.operators(),
                        checkpoint.isSavepoint()));
    }

    /** What becomes of the state of earlier runs; empty if there is none. */
    public Optional<StateFit> fit() {
        return restore.map(Restore::fit);
    }

    /** What is run. */
    public JobRequest request() {
        return request;
    }

    /** A line for each rule. */
    public List<String> rules() {
        return job.rules();
    }

    /** A line for each topic: the type that was derived for its payload. */
    public List<String> topics() {
        return job.describe();
    }

    /** What works in the rules and is probably not meant. */
    public List<String> warnings() {
        return job.warnings();
    }

    /** Where Flink's REST API is. */
    public URI rest() {
        return cluster.rest();
    }

    /** Starts the job, and leaves word of it in its folder. */
    public void submit() throws IOException {
        Configuration recovery = new Configuration();
        if (restore.isPresent()) {
            recovery = restore.get().prepare();
            restore.get().forget();
        }
        client = job.submit(recovery);
        result = client.getJobExecutionResult();
        watch = new JobWatch(new FlinkRest(cluster.rest()), client.getJobID().toHexString());
        new LocalRun(
                        request.jobName(),
                        client.getJobID().toHexString(),
                        cluster.rest(),
                        ProcessHandle.current().pid(),
                        Instant.now(),
                        request.files().stream().map(Path::toAbsolutePath).toList(),
                        request.folder())
                .write();
    }

    /** Whether the job has ended by itself; known at once. */
    boolean hasEnded() {
        return result.isDone();
    }

    /** Where the last savepoint is, if there is one. */
    Optional<String> savepoint() throws InterruptedException {
        try {
            return Optional.ofNullable(
                    new FlinkRest(cluster.rest())
                            .get("/jobs/" + client.getJobID().toHexString() + "/checkpoints")
                            .path("latest")
                            .path("savepoint")
                            .path("external_path")
                            .textValue());
        } catch (IOException e) {
            LOG.info("Flink does not tell of a savepoint", e);
            return Optional.empty();
        }
    }

    /** The running job seen from outside. */
    public JobWatch watch() {
        return watch;
    }

    /**
     * Deletes the checkpoints of earlier runs as soon as this one has its own. May be called often.
     *
     * @param completed how many checkpoints the job has completed
     */
    void discardEarlierRuns(long completed) throws IOException {
        if (earlierRunsDiscarded || completed == 0) {
            return;
        }
        new CheckpointStore(request.folder().checkpoints())
                .discardEarlierRuns(client.getJobID().toHexString(), request.resumeFrom());
        earlierRunsDiscarded = true;
    }

    /** Why the job ended, if it did by itself and not well: one line. */
    public String failure() throws InterruptedException {
        try {
            result.get(CANCEL.toSeconds(), TimeUnit.SECONDS);
            return "it ended";
        } catch (ExecutionException e) {
            LOG.warn("The job failed", e);
            return RootCause.of(e);
        } catch (TimeoutException e) {
            return "Flink does not tell why";
        }
    }

    /**
     * Ends the job with a last checkpoint, so that a next run goes on exactly here. Flink's
     * stop-with-savepoint is the only checkpoint after which the sources read nothing more: all
     * that was read is written and acknowledged, and no message comes a second time.
     *
     * @return whether there is such a checkpoint; without it a next run resumes from the one before
     *     and the broker sends again what came after
     */
    public boolean stop() throws InterruptedException {
        if (watch.state().isRunning()) {
            try {
                client.stopWithSavepoint(
                                false,
                                request.folder().checkpoints().toUri().toString(),
                                SavepointFormatType.NATIVE)
                        .get(LAST_CHECKPOINT.toSeconds(), TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException | TimeoutException e) {
                LOG.info("No last checkpoint; the job is cancelled", e);
            }
        }
        cancel();
        return false;
    }

    /** Ends the job where it stands. Its checkpoints stay. */
    public void cancel() throws InterruptedException {
        try {
            client.cancel().get(CANCEL.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The job could not be cancelled", e);
        }
    }

    /** Stops the cluster, whatever its job does. */
    @Override
    public void close() throws IOException {
        cluster.close();
        Files.deleteIfExists(request.folder().running());
        PathUtils.deleteDirectory(request.folder().temporary());
    }
}
