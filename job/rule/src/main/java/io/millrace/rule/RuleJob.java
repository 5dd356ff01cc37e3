package io.millrace.rule;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Stand-in: a job that counts without end. */
public final class RuleJob {
    private final Settings settings;
    private final Configuration target;

    private RuleJob(Settings settings, Configuration target) {
        this.settings = settings;
        this.target = target;
    }

    public static RuleJob prepare(Settings settings, List<Path> files, Configuration target) {
        return new RuleJob(settings, target);
    }

    public String name() {
        return settings.jobName().orElse("stand-in");
    }

    public List<String> describe() {
        return List.of(
                "CREATE TABLE `devices/temp_hum` (\n  payload ROW<temp FLOAT, hum FLOAT>\n)");
    }

    public JobClient submit() {
        Configuration all = new Configuration(target);
        all.set(PipelineOptions.NAME, name());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(all);
        env.fromSequence(0, Long.MAX_VALUE)
                .map(
                        x -> {
                            Thread.sleep(5);
                            return x;
                        })
                .sinkTo(new org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink<>());
        try {
            return env.executeAsync();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
