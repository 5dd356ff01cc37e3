package io.millrace.cli;

import io.millrace.cli.cluster.ClusterOption;
import io.millrace.cli.cluster.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where running jobs are looked for: a mixin. */
final class JobsOption {
    @Mixin private ClusterOption cluster;
    @Mixin private SettingsOption settings;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description = "Where 'millrace run' keeps its jobs (${DEFAULT-VALUE}).")
    private Path state;

    @Mixin private LogOption log;

    /** The jobs there. */
    Jobs jobs() throws IOException {
        log.start("jobs");
        return new Jobs(state, cluster.address(settings.read()));
    }

    /** The folder of {@code --state}. */
    Path state() {
        return state;
    }
}
