package io.millrace.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.ShellWord;
import io.millrace.cli.flink.FlinkAnswerException;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.RootCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A savepoint of a job that runs on, to be looked at and thrown away. Used by one thread. */
final class LiveSavepoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSavepoint.class);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final FlinkRest flink;
    private final String folder;

    private LiveSavepoint(FlinkRest flink, String folder) {
        this.flink = flink;
        this.folder = folder;
    }

    /**
     * Takes one.
     *
     * @param folder where to, if not where the job does by itself
     * @throws ClusterException if there is none in time; the job runs on
     */
    static LiveSavepoint of(JobHandle job, Optional<String> folder, Duration patience)
            throws IOException, InterruptedException {
        FlinkRest flink = job.flink();
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("cancel-job", false).put("formatType", "NATIVE");
        folder.ifPresent(path -> body.put("target-directory", path));
        String path = "/jobs/" + job.id() + "/savepoints";
        String trigger;
        try {
            trigger = flink.post(path, body).path("request-id").asText();
        } catch (FlinkAnswerException e) {
            throw new ClusterException(
                    "Job '%s' takes no savepoint now and runs on unchanged: %s"
                            .formatted(job.name(), e.reason()),
                    e);
        }
        JsonNode operation =
                awaited(flink, path + "/" + trigger, patience)
                        .orElseThrow(
                                () ->
                                        new ClusterException(
                                                "A savepoint of job '%s' is not complete after %d s; the job runs on unchanged. A sink that waits for TDengine holds it up:  millrace status %s"
                                                        .formatted(
                                                                job.name(),
                                                                patience.toSeconds(),
                                                                ShellWord.of(job.name()))));
        JsonNode location = operation.path("location");
        if (!location.isTextual()) {
            throw new ClusterException(
                    "Job '%s' made no savepoint and runs on unchanged: %s"
                            .formatted(
                                    job.name(),
                                    RootCause.of(
                                            operation
                                                    .path("failure-cause")
                                                    .path("stack-trace")
                                                    .asText())));
        }
        return new LiveSavepoint(flink, location.asText());
    }

    private static Optional<JsonNode> awaited(FlinkRest flink, String path, Duration patience)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            JsonNode answer = flink.get(path);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                return Optional.of(answer.path("operation"));
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return Optional.empty();
    }

    /** Where it is. */
    String folder() {
        return folder;
    }

    /** Deletes it; if that fails, a folder stays behind. */
    @Override
    public void close() {
        try {
            ObjectNode body = new ObjectMapper().createObjectNode();
            body.put("savepoint-path", folder);
            flink.post("/savepoint-disposal", body);
        } catch (IOException e) {
            LOG.info("Savepoint {} is not deleted", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
