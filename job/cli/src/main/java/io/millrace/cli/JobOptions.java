package io.millrace.cli;

import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be said of a job on the command line: its name and Flink's options for it. */
final class JobOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name of the job: of its state and of its MQTT sessions. From the files' names"
                            + " if not given.")
    private String name;

    @Mixin private FlinkOptions flink;

    /** The settings with what was given here, and with a name for the job. */
    Settings over(Settings settings, List<Path> files) {
        Settings all = settings.withFlink(flink.options());
        if (name != null) {
            return all.withJobName(name);
        }
        return all.jobName().isPresent() ? all : all.withJobName(RuleJob.defaultName(files));
    }

    /** Flink's options that were given here. */
    Map<String, String> flink() {
        return flink.options();
    }
}
