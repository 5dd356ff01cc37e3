package io.millrace.cli.cluster;

import io.millrace.common.References;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be run on a cluster.
 *
 * @param settings complete, with the job's name
 * @param settingsFile where they come from, if from a file
 * @param savepoint what to go on from
 */
public record SubmitRequest(
        Settings settings,
        Optional<Path> settingsFile,
        List<Path> files,
        Optional<String> savepoint) {

    /** The name of the job. */
    public String jobName() {
        return settings.jobName().orElseThrow();
    }

    /**
     * What connections refer to, such as <code>${env.NAME}</code>: it must be there where Flink
     * runs.
     */
    public List<String> references() {
        return settings.connections().values().stream()
                .flatMap(options -> options.values().stream())
                .flatMap(value -> References.in(value).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
