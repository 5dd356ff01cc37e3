package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a job's processes have logged: the log of its folder for a local run; for a cluster's job
 * its failures, then the logs of the TaskManagers that run it and of the JobManager. Not
 * thread-safe.
 */
public final class JobLogs {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** What the JobManager says of each checkpoint, five times a second, would hide all else. */
    private static final Pattern CHECKPOINTS =
            Pattern.compile(
                    "(?m)^.* INFO .*(?:CheckpointCoordinator .*(?:Triggering|Completed) checkpoint|CheckpointFailureManager .*Failed to trigger checkpoint|SourceCoordinator .*Marking checkpoint) .*\\R");

    private final Map<LogSource, LogTail> tails = new LinkedHashMap<>();
    private final Consumer<String> out;
    private String lastTitle = "";

    /** Logs that are printed, line by line, to this. */
    public JobLogs(Consumer<String> out) {
        this.out = out;
    }

    /** Adds a log file of this machine. */
    public void add(Path file) {
        tails.put(new LogFile(file), new LogTail());
    }

    private record LogFile(Path file) implements LogSource {
        @Override
        public String title() {
            return file.toString();
        }

        @Override
        public String read() throws IOException {
            return Files.exists(file) ? Files.readString(file) : "";
        }
    }

    private record FlinkLog(FlinkRest flink, String title, String path) implements LogSource {
        @Override
        public String read() throws IOException, InterruptedException {
            return CHECKPOINTS.matcher(flink.text(path)).replaceAll("");
        }
    }

    /**
     * Prints the failures of a cluster's job, the newest first, and adds the logs of its processes.
     */
    public void add(JobHandle job) throws IOException, InterruptedException {
        FlinkRest flink = job.flink();
        printFailures(flink.get("/jobs/" + job.id() + "/exceptions"));
        for (String id : taskManagers(job)) {
            add(flink, "TaskManager " + id, "/taskmanagers/" + id + "/log");
        }
        add(flink, "JobManager", "/jobmanager/log");
    }

    private void add(FlinkRest flink, String title, String path) {
        tails.put(new FlinkLog(flink, title, path), new LogTail());
    }

    private void printFailures(JsonNode exceptions) {
        List<JobFailure> failures = JobFailure.in(exceptions);
        if (failures.isEmpty()) {
            return;
        }
        out.accept("== Failures of the job, newest first");
        for (JobFailure failure : failures) {
            String often =
                    failure.times() == 1
                            ? ""
                            : "  (%d times since %s)"
                                    .formatted(failure.times(), TIME.format(failure.first()));
            out.accept("  " + TIME.format(failure.last()) + "  " + failure.cause() + often);
        }
        out.accept("");
    }

    private static Set<String> taskManagers(JobHandle job)
            throws IOException, InterruptedException {
        Set<String> ids = new LinkedHashSet<>();
        FlinkRest flink = job.flink();
        for (JsonNode vertex : flink.get("/jobs/" + job.id()).path("vertices")) {
            String path =
                    "/jobs/%s/vertices/%s/taskmanagers"
                            .formatted(job.id(), vertex.path("id").asText());
            for (JsonNode manager : flink.get(path).path("taskmanagers")) {
                ids.add(manager.path("taskmanager-id").asText());
            }
        }
        // Those of a job that waits for a slot have no id yet, and those that died have no log.
        Set<String> known = new LinkedHashSet<>();
        flink.get("/taskmanagers")
                .path("taskmanagers")
                .forEach(manager -> known.add(manager.path("id").asText()));
        ids.retainAll(known);
        return ids;
    }

    /** Prints the last lines of each log. */
    public void print(int lines) throws InterruptedException {
        for (Map.Entry<LogSource, LogTail> tail : tails.entrySet()) {
            String title = tail.getKey().title();
            out.accept("== " + title);
            lastTitle = title;
            try {
                tail.getValue().last(tail.getKey().read(), lines).forEach(out);
            } catch (IOException e) {
                out.accept("(no log to be had: " + e.getMessage() + ")");
            }
        }
    }

    /** Prints what has come since the last look. */
    public void printMore() throws InterruptedException {
        for (Map.Entry<LogSource, LogTail> tail : tails.entrySet()) {
            List<String> lines;
            try {
                lines = tail.getValue().more(tail.getKey().read());
            } catch (IOException e) {
                // Its process may be starting again.
                continue;
            }
            String title = tail.getKey().title();
            if (!lines.isEmpty() && !title.equals(lastTitle)) {
                out.accept("== " + title);
                lastTitle = title;
            }
            lines.forEach(out);
        }
    }
}
