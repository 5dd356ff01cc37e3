package io.millrace.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.CheckpointFailure;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.RootCause;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a job's status through Flink's REST API. What sinks have done is read before what rules
 * have done, and that before what sources have received: so a message that moves meanwhile is
 * missing on the right side of the {@link Account} rather than on the left. Stateless but for the
 * connection and the names of the rules; only the current attempt of the job is seen, since Flink's
 * metrics begin anew with each.
 */
public final class JobReader {
    /** Operator names are long, and so are addresses with many of them. */
    private static final int PER_REQUEST = 20;

    private static final String RECORDS_IN = "numRecordsIn";

    private final FlinkRest rest;
    private final String job;
    private RuleNames names = RuleNames.NONE;

    /** Reads the job with this id. */
    public JobReader(FlinkRest rest, String job) {
        this.rest = rest;
        this.job = job;
    }

    /** A metric to be read. */
    private record Wanted(String vertex, String id, MetricId rule) {
        int order() {
            return rule.metric().ordinal();
        }
    }

    /** Looks. */
    public JobStatus read() throws IOException, InterruptedException {
        JsonNode answer = rest.get("/jobs/" + job);
        List<String> vertices = new ArrayList<>();
        answer.path("vertices").forEach(vertex -> vertices.add(vertex.path("id").asText()));
        if (names.equals(RuleNames.NONE)) {
            names = RuleNames.in(rest.get("/jobs/" + job + "/config"));
        }
        Map<String, RuleNumbers> numbers = numbers(vertices);
        Map<String, TaskLoad> loads = new TreeMap<>();
        for (String vertex : vertices) {
            loads.put(vertex, TaskLoad.read(rest, job, vertex));
        }
        return new JobStatus(
                Instant.now(),
                answer.path("name").asText(),
                job,
                answer.path("state").asText(),
                Instant.ofEpochMilli(answer.path("start-time").asLong()),
                rest.base(),
                restarts(),
                checkpoints(),
                failure(),
                numbers.values().stream().map(rule -> status(rule, loads)).toList());
    }

    private Map<String, RuleNumbers> numbers(List<String> vertices)
            throws IOException, InterruptedException {
        List<Wanted> wanted = new ArrayList<>();
        Map<String, String> sinks = new TreeMap<>();
        for (String vertex : vertices) {
            List<String> ids = new ArrayList<>();
            for (JsonNode metric : rest.get(metrics(vertex))) {
                ids.add(metric.path("id").asText());
            }
            for (String id : ids) {
                MetricId.parse(id)
                        .ifPresent(
                                rule -> {
                                    wanted.add(new Wanted(vertex, id, rule));
                                    if (rule.metric() == RuleMetric.WRITTEN) {
                                        sinks.put(rule.operator() + "." + RECORDS_IN, rule.rule());
                                    }
                                });
            }
        }
        wanted.sort(Comparator.comparingInt(Wanted::order));
        Map<String, RuleNumbers> numbers = new TreeMap<>();
        wanted.forEach(metric -> numbers.computeIfAbsent(metric.rule().rule(), RuleNumbers::new));
        for (RuleMetric.Part part : RuleMetric.Part.values()) {
            read(part, wanted, numbers);
        }
        readRecordsIntoSinks(sinks, numbers, wanted);
        return numbers;
    }

    private void read(RuleMetric.Part part, List<Wanted> all, Map<String, RuleNumbers> numbers)
            throws IOException, InterruptedException {
        Map<String, List<Wanted>> byVertex =
                all.stream()
                        .filter(metric -> metric.rule().metric().part() == part)
                        .collect(Collectors.groupingBy(Wanted::vertex));
        for (Map.Entry<String, List<Wanted>> vertex : byVertex.entrySet()) {
            List<String> ids = vertex.getValue().stream().map(Wanted::id).toList();
            values(vertex.getKey(), ids)
                    .forEach(
                            (id, value) -> {
                                MetricId rule = MetricId.parse(id).orElseThrow();
                                numbers.get(rule.rule()).add(rule.metric(), value, vertex.getKey());
                            });
        }
    }

    /** Of use only where a sink is not in the chain of its rule. */
    private void readRecordsIntoSinks(
            Map<String, String> sinks, Map<String, RuleNumbers> numbers, List<Wanted> wanted)
            throws IOException, InterruptedException {
        if (numbers.values().stream().allMatch(RuleNumbers::isChained)) {
            return;
        }
        Map<String, List<String>> byVertex =
                wanted.stream()
                        .filter(metric -> metric.rule().metric() == RuleMetric.WRITTEN)
                        .collect(
                                Collectors.groupingBy(
                                        Wanted::vertex,
                                        Collectors.mapping(
                                                metric ->
                                                        metric.rule().operator() + "." + RECORDS_IN,
                                                Collectors.toList())));
        for (Map.Entry<String, List<String>> vertex : byVertex.entrySet()) {
            values(vertex.getKey(), vertex.getValue())
                    .forEach((id, value) -> numbers.get(sinks.get(id)).addRecordsIntoSink(value));
        }
    }

    private Map<String, Long> values(String vertex, List<String> ids)
            throws IOException, InterruptedException {
        Map<String, Long> values = new TreeMap<>();
        for (int from = 0; from < ids.size(); from += PER_REQUEST) {
            String wanted =
                    ids.subList(from, Math.min(ids.size(), from + PER_REQUEST)).stream()
                            .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8))
                            .collect(Collectors.joining(","));
            for (JsonNode metric : rest.get(metrics(vertex) + "?get=" + wanted)) {
                try {
                    values.put(
                            metric.path("id").asText(),
                            (long) Double.parseDouble(metric.path("value").asText()));
                } catch (NumberFormatException e) {
                    // A gauge that failed has no number.
                }
            }
        }
        return values;
    }

    private String metrics(String vertex) {
        return "/jobs/" + job + "/vertices/" + vertex + "/metrics";
    }

    private RuleStatus status(RuleNumbers rule, Map<String, TaskLoad> loads) {
        return new RuleStatus(
                names.written(rule.name()),
                Account.of(rule),
                rule.get(RuleMetric.PASSED),
                rule.get(RuleMetric.FILTERED),
                rule.orZero(RuleMetric.WAITING),
                rule.orZero(RuleMetric.UNACKED),
                rule.orZero(RuleMetric.LAG_MILLIS),
                rule.vertices().stream().mapToInt(v -> loads.get(v).busy()).max().orElse(-1),
                rule.vertices().stream()
                        .mapToInt(v -> loads.get(v).backPressured())
                        .max()
                        .orElse(-1),
                rule.orZero(RuleMetric.OUTAGE_SECONDS));
    }

    private long restarts() throws IOException, InterruptedException {
        JsonNode answer = rest.get("/jobs/" + job + "/metrics?get=numRestarts");
        return answer.path(0).path("value").asLong(0);
    }

    private JobStatus.Checkpoints checkpoints() throws IOException, InterruptedException {
        JsonNode answer = rest.get("/jobs/" + job + "/checkpoints");
        JsonNode last = answer.path("latest").path("completed");
        return new JobStatus.Checkpoints(
                answer.path("counts").path("completed").asLong(),
                answer.path("counts").path("failed").asLong(),
                last.path("trigger_timestamp").isNumber()
                        ? Optional.of(
                                new JobStatus.Checkpoint(
                                        last.path("id").asLong(),
                                        Instant.ofEpochMilli(
                                                last.path("trigger_timestamp").asLong()),
                                        last.path("end_to_end_duration").asLong(),
                                        last.path("state_size").asLong()))
                        : Optional.empty(),
                CheckpointFailure.in(answer));
    }

    private Optional<JobStatus.Failure> failure() throws IOException, InterruptedException {
        JsonNode entries =
                rest.get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries");
        JsonNode newest = null;
        for (JsonNode entry : entries) {
            if (newest == null
                    || entry.path("timestamp").asLong() > newest.path("timestamp").asLong()) {
                newest = entry;
            }
        }
        return newest == null
                ? Optional.empty()
                : Optional.of(
                        new JobStatus.Failure(
                                Instant.ofEpochMilli(newest.path("timestamp").asLong()),
                                RootCause.of(newest.path("stacktrace").asText())));
    }
}
