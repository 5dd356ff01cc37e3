package io.millrace.cli.connection;

import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.flink.FlinkUnreachableException;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.rule.Settings;
import java.io.IOException;
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
    private final Jobs jobs;

    TakeOver(Settings settings, Jobs jobs) {
        this.settings = settings;
        this.jobs = jobs;
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
        String name = job.get();
        String ids = ids(prefix.orElse(ClientIds.prefixOf(name)), filters);
        List<JobHandle> found = new ArrayList<>(jobs.local());
        String where = "here";
        try {
            found.addAll(jobs.inCluster());
            where = "here nor in Flink at " + jobs.cluster();
        } catch (FlinkUnreachableException e) {
            if (!jobs.cluster().isGuess()) {
                where = "here; Flink at " + jobs.cluster() + " does not answer";
            }
        }
        List<String> runs =
                found.stream()
                        .filter(handle -> handle.name().equals(name) && !handle.hasEnded())
                        .map(JobHandle::where)
                        .toList();
        if (runs.size() > 1) {
            return Finding.bad(
                    "job '%s' runs more than once, with the same ids (%s): %s"
                            .formatted(name, ids, String.join("; ", runs)),
                    "They take the sessions from each other without end. Stop one, or give it"
                            + " another name.");
        }
        return runs.size() == 1
                ? Finding.good(
                        "job '%s' runs (%s) and has its sessions (%s); a second one would take them away"
                                .formatted(name, runs.get(0), ids))
                : Finding.unknown(
                        "job '%s' does not run %s; whether somebody else uses its ids (%s) shows only when it starts"
                                .formatted(name, where, ids),
                        "");
    }

    private static String ids(String prefix, List<String> filters) {
        if (filters.isEmpty()) {
            return prefix + "-…";
        }
        return ClientIds.of(prefix, filters.get(0), 0) + (filters.size() > 1 ? ", …" : "");
    }
}
