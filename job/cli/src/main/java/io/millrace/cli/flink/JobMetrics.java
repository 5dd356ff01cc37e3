package io.millrace.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a job's metrics through Flink's REST API. Stateless but for the connection. */
public final class JobMetrics {
    /** Operator names are long, and so are addresses with many of them. */
    private static final int PER_REQUEST = 20;

    private final FlinkRest rest;
    private final String job;

    /** The metrics of the job with this id. */
    public JobMetrics(FlinkRest rest, String job) {
        this.rest = rest;
        this.job = job;
    }

    /** Samples what {@link Measure} knows of the job's vertices. */
    public List<Sample> sample(List<String> vertices) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        for (String vertex : vertices) {
            String path = "/jobs/" + job + "/vertices/" + vertex + "/metrics";
            List<String> ids = measured(rest.get(path));
            for (int from = 0; from < ids.size(); from += PER_REQUEST) {
                String wanted =
                        ids.subList(from, Math.min(ids.size(), from + PER_REQUEST)).stream()
                                .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8))
                                .collect(Collectors.joining(","));
                samples.addAll(samples(vertex, rest.get(path + "?get=" + wanted)));
            }
        }
        return samples;
    }

    /** The ids in an answer that are of interest. */
    static List<String> measured(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        for (JsonNode metric : answer) {
            String id = metric.path("id").asText();
            if (Measure.of(id).isPresent()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The samples in an answer; a value that is no number, as of a gauge that failed, is none. */
    static List<Sample> samples(String vertex, JsonNode answer) {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode metric : answer) {
            String id = metric.path("id").asText();
            Optional<Measure> measure = Measure.of(id);
            Optional<Long> value = number(metric.path("value").asText());
            if (measure.isPresent() && value.isPresent()) {
                samples.add(new Sample(vertex + "/" + id, measure.get(), value.get()));
                if (measure.get() == Measure.CONNECTED) {
                    samples.add(new Sample(vertex + "/" + id, Measure.SOURCES, 1));
                }
            }
        }
        return samples;
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of((long) Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
