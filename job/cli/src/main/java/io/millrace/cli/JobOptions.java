package io.millrace.cli;

import io.millrace.cli.flink.Durations;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import io.millrace.rule.script.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be said of a job on the command line: its name and Flink's options for it. */
final class JobOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name of the job: of its state and of its MQTT sessions. From the files' names"
                            + " if not given.")
    private String name;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description =
                    "Language of rules that do not say theirs with SET 'rule.dialect': flink or"
                            + " emqx (flink).")
    private Dialect dialect;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks beside each other, from source to sink (1).")
    private Integer parallelism;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "For example 200ms or 1s (200ms).")
    private Duration checkpointInterval;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "An option of Flink.")
    private Map<String, String> flink = new LinkedHashMap<>();

    /** The settings with what was given here, and with a name for the job. */
    Settings over(Settings settings, List<Path> files) {
        Settings all = settings.withFlink(flink());
        if (name != null) {
            return all.withJobName(name);
        }
        return all.jobName().isPresent() ? all : all.withJobName(RuleJob.defaultName(files));
    }

    /** Flink's options that were given here. */
    Map<String, String> flink() {
        Map<String, String> options = new LinkedHashMap<>(flink);
        if (parallelism != null) {
            if (parallelism < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--parallelism is " + parallelism + "; allowed is 1 and more.");
            }
            options.put(CoreOptions.DEFAULT_PARALLELISM.key(), parallelism.toString());
        }
        if (dialect != null) {
            options.put(Dialect.OPTION, dialect.text());
        }
        if (checkpointInterval != null) {
            // Without a blank: Flink's start scripts take arguments apart at blanks.
            options.put(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                    checkpointInterval.toMillis() + "ms");
        }
        return options;
    }
}
