package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.RootCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Failures of a job for one cause.
 *
 * @param cause one line
 * @param times how often Flink remembers it
 */
record JobFailure(String cause, Instant first, Instant last, int times) {
    /** What Flink notes of a task that had failed before, for another cause. */
    private static final String AFTERMATH = "Task is not running, but in state FAILED";

    /**
     * Sums up what Flink remembers, the newest first.
     *
     * @param exceptions the answer to {@code /jobs/…/exceptions}
     */
    static List<JobFailure> in(JsonNode exceptions) {
        Map<String, JobFailure> byCause = new LinkedHashMap<>();
        for (JsonNode entry : exceptions.path("exceptionHistory").path("entries")) {
            String cause = RootCause.of(entry.path("stacktrace").asText());
            Instant at = Instant.ofEpochMilli(entry.path("timestamp").asLong());
            byCause.merge(cause, new JobFailure(cause, at, at, 1), JobFailure::and);
        }
        List<JobFailure> all = new ArrayList<>(byCause.values());
        if (all.size() > 1) {
            all.removeIf(failure -> failure.cause().startsWith(AFTERMATH));
        }
        return all;
    }

    /** How often the job has failed, as far as Flink remembers. */
    static int count(JsonNode exceptions) {
        return exceptions.path("exceptionHistory").path("entries").size();
    }

    private JobFailure and(JobFailure other) {
        return new JobFailure(
                cause,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last,
                times + other.times);
    }
}
