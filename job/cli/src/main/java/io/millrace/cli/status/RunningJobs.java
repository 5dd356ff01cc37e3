package io.millrace.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds jobs in Flink's list. */
public final class RunningJobs {
    private static final List<String> OVER = List.of("FINISHED", "CANCELED", "FAILED");

    private RunningJobs() {}

    /** A job in the list. */
    public record Found(URI rest, String id, String name, String state) {
        /** Whether it has ended. */
        public boolean isOver() {
            return OVER.contains(state);
        }
    }

    /**
     * The jobs at one address.
     *
     * @throws IOException if Flink does not answer there
     */
    public static List<Found> at(URI rest) throws IOException, InterruptedException {
        List<Found> jobs = new ArrayList<>();
        for (JsonNode job : new FlinkRest(rest).get("/jobs/overview").path("jobs")) {
            jobs.add(
                    new Found(
                            rest,
                            job.path("jid").asText(),
                            job.path("name").asText(),
                            job.path("state").asText()));
        }
        return jobs;
    }
}
