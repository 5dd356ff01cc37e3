package io.millrace.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a running {@code millrace run} says of itself in its folder, so that other commands find it:
 * {@code running.json}.
 *
 * @param job the job's name
 * @param jobId Flink's id of this run
 * @param rest where Flink's REST API is
 * @param pid of the process
 * @param started when the job was started, after the process
 * @param rules the rule files, absolute
 * @param folder the job's
 */
public record LocalRun(
        String job,
        String jobId,
        URI rest,
        long pid,
        Instant started,
        List<Path> rules,
        JobFolder folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public LocalRun {
        rules = List.copyOf(rules);
    }

    /** Leaves word in the folder. */
    public void write() throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("job", job)
                .put("jobId", jobId)
                .put("rest", rest.toString())
                .put("pid", pid)
                .put("started", started.toString());
        ArrayNode files = node.putArray("rules");
        rules.forEach(rule -> files.add(rule.toString()));
        Path whole = folder.running().resolveSibling("running.json.new");
        Files.writeString(whole, node.toPrettyString() + "\n");
        Files.move(whole, folder.running(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What stands in the folder, if a run left it there whose process is still alive. */
    static Optional<LocalRun> in(JobFolder folder) {
        try {
            return Optional.of(read(JSON.readTree(Files.readString(folder.running())), folder))
                    .filter(LocalRun::isAlive);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            // None, or one of a version that wrote it otherwise.
            return Optional.empty();
        }
    }

    private static LocalRun read(JsonNode node, JobFolder folder) {
        List<Path> rules = new ArrayList<>();
        node.path("rules").forEach(rule -> rules.add(Path.of(rule.asText())));
        return new LocalRun(
                node.path("job").asText(),
                node.path("jobId").asText(),
                URI.create(node.path("rest").asText()),
                node.path("pid").asLong(),
                Instant.parse(node.path("started").asText()),
                rules,
                folder);
    }

    /**
     * Whether the process is there. One that began after the job has only taken over its number.
     */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().startInstant().orElse(started))
                .map(begun -> !begun.isAfter(started))
                .orElse(false);
    }
}
