package io.millrace.rule;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry class of {@code millrace-job.jar}: plans rules and starts the job where it is executed
 * itself. For Flink's application mode, in which that is the JobManager; {@code flink run} works as
 * well. Arguments: {@code FILE.sql… [--settings FILE] [--name NAME]}.
 */
public final class JobMain {
    private static final Logger LOG = LoggerFactory.getLogger(JobMain.class);

    private JobMain() {}

    /**
     * Starts the job.
     *
     * @throws RuleException if a rule, a setting or an argument is wrong; the message is also
     *     printed on the error stream
     */
    public static void main(String[] arguments) throws Exception {
        try {
            start(JobArguments.parse(List.of(arguments)));
        } catch (RuleException wrong) {
            // Flink shows it in the midst of stack traces.
            System.err.println(wrong.getMessage());
            throw wrong;
        }
    }

    private static void start(JobArguments arguments) throws Exception {
        Settings settings = arguments.settings();
        String name = settings.jobName().orElseThrow();
        ClusterDefaults defaults = ClusterDefaults.of(configured(), settings);
        RuleJob job =
                RuleJob.prepare(
                        defaults.withDeadLetters(settings, name),
                        arguments.files(),
                        defaults.configuration());
        job.rules().forEach(rule -> LOG.info("Rule {}", rule));
        job.describe().forEach(topic -> LOG.info("Payload {}", topic));
        job.warnings().forEach(LOG::warn);
        job.submit();
    }

    /** What the cluster's configuration and the command that started this say. */
    private static Map<String, String> configured() {
        ReadableConfig configuration =
                StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
        return configuration.toMap();
    }
}
