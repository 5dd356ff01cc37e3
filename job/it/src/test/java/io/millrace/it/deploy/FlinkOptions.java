package io.millrace.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The names of Flink's options that files in {@code deploy/} set. */
final class FlinkOptions {
    private static final Set<String> KNOWN = known();

    private FlinkOptions() {}

    static void requireKnown(String key) {
        if (key.startsWith("metrics.reporter.prom.")) {
            assertThat(key).matches("metrics\\.reporter\\.prom\\.(factory\\.class|port)");
        } else if (!key.startsWith("kubernetes.operator.")) {
            assertThat(KNOWN).contains(key);
        }
    }

    private static Set<String> known() {
        Set<String> keys = new TreeSet<>();
        for (Class<?> options :
                List.of(
                        CheckpointingOptions.class,
                        CoreOptions.class,
                        HighAvailabilityOptions.class,
                        JobManagerOptions.class,
                        MetricOptions.class,
                        TaskManagerOptions.class,
                        WebOptions.class)) {
            for (Field field : options.getFields()) {
                try {
                    if (field.get(null) instanceof ConfigOption<?> option) {
                        keys.add(option.key());
                    }
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return keys;
    }
}
