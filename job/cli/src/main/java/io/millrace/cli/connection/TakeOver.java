package io.millrace.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.state.JobLock;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the sessions that the job would use are in use. A broker tells nobody whether a
 * client is connected but by cutting it when another comes with its id, so the broker is not asked:
 * what can be seen are local runs and Flink's list of jobs.
 */
final class TakeOver {
    private final Settings settings;
    private final Path state;
    private final Optional<URI> flink;

    TakeOver(Settings settings, Path state, Optional<URI> flink) {
        this.settings = settings;
        this.state = state;
        this.flink = flink;
    }

    /**
     * Looks.
     *
     * @param prefix what the client ids begin with, if the connection says it
     */
    Finding look(Optional<String> prefix, List<String> filters)
            throws IOException, InterruptedException {
        Optional<String> job = settings.jobName();
        if (job.isEmpty()) {
            return Finding.unknown(
                    "the job has no name yet, from which client ids are made",
                    "Set 'job.name' in the settings file.");
        }
        String ids =
                filters.isEmpty()
                        ? prefix.orElse(ClientIds.prefixOf(job.get())) + "-…"
                        : ClientIds.of(
                                        prefix.orElse(ClientIds.prefixOf(job.get())),
                                        filters.get(0),
                                        0)
                                + (filters.size() > 1 ? ", …" : "");
        List<String> runs = new ArrayList<>();
        JobLock.holder(JobFolder.of(state, job.get()))
                .ifPresent(pid -> runs.add("here (process " + pid + ")"));
        if (flink.isPresent()) {
            runs.addAll(inFlink(flink.get(), job.get()));
        }
        String where = String.join(" and ", runs);
        if (runs.size() > 1) {
            return Finding.bad(
                    "job '" + job.get() + "' runs " + where + ", with the same ids (" + ids + ")",
                    "They take the sessions from each other without end. Stop one, or give it"
                            + " another name.");
        }
        if (runs.size() == 1) {
            return Finding.good(
                    "job '"
                            + job.get()
                            + "' runs "
                            + where
                            + " and has its sessions ("
                            + ids
                            + "); a second one would take them away");
        }
        return Finding.unknown(
                "job '"
                        + job.get()
                        + "' does not run here"
                        + (flink.isPresent() ? " nor in Flink at " + flink.get() : "")
                        + "; whether somebody else uses its ids ("
                        + ids
                        + ") shows only when it starts",
                "");
    }

    private static List<String> inFlink(URI rest, String job)
            throws IOException, InterruptedException {
        List<String> runs = new ArrayList<>();
        for (JsonNode entry : new FlinkRest(rest).get("/jobs/overview").path("jobs")) {
            boolean over =
                    List.of("FINISHED", "CANCELED", "FAILED")
                            .contains(entry.path("state").asText());
            if (entry.path("name").asText().equals(job) && !over) {
                runs.add("in Flink at " + rest + " (" + entry.path("jid").asText() + ")");
            }
        }
        return runs;
    }
}
