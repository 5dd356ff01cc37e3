package io.millrace.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;

/**
 * How busy a vertex is, in percent of its busiest and its most held-back subtask; -1 if not known.
 */
record TaskLoad(int busy, int backPressured) {
    private static final String BUSY = "busyTimeMsPerSecond";
    private static final String BACK_PRESSURED = "backPressuredTimeMsPerSecond";
    private static final double MILLIS_PER_PERCENT = 10;

    static TaskLoad read(FlinkRest rest, String job, String vertex)
            throws IOException, InterruptedException {
        JsonNode answer =
                rest.get(
                        "/jobs/"
                                + job
                                + "/vertices/"
                                + vertex
                                + "/subtasks/metrics?agg=max&get="
                                + BUSY
                                + ","
                                + BACK_PRESSURED);
        return new TaskLoad(percent(answer, BUSY), percent(answer, BACK_PRESSURED));
    }

    private static int percent(JsonNode answer, String metric) {
        for (JsonNode value : answer) {
            // Of a source that waits Flink does not know it: NaN.
            if (value.path("id").asText().equals(metric) && !value.path("max").isMissingNode()) {
                double millis = value.path("max").asDouble(Double.NaN);
                return Double.isNaN(millis)
                        ? -1
                        : (int) Math.round(Math.min(1000, millis) / MILLIS_PER_PERCENT);
            }
        }
        return -1;
    }
}
