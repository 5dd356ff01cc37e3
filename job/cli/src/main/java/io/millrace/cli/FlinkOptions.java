package io.millrace.cli;

import io.millrace.cli.flink.Durations;
import io.millrace.rule.script.Dialect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Flink's options for a job: a mixin. */
final class FlinkOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /** Flink's options that were given here. */
    Map<String, String> options() {
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
