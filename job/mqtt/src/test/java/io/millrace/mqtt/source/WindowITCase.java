package io.millrace.mqtt.source;

import static io.millrace.mqtt.source.JobUnderTest.patiently;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the source finds out that the broker's window limits it. Mosquitto 2.0.11 cannot be used:
 * with each acknowledgement it sends as many messages as its window is wide, so the window widens
 * from checkpoint to checkpoint and limits nothing for long.
 */
class WindowITCase {
    private static final InMemoryReporter METRICS = InMemoryReporter.create();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir Path folder;

    @Test
    void estimatesTheWindowOfABrokerThatHonoursTheReceiveMaximum() throws Exception {
        try (EmbeddedBroker artemis = new EmbeddedBroker().start();
                JobUnderTest job = new JobUnderTest("window", folder);
                Publisher publisher = new Publisher(artemis.url())) {
            job.start(
                    artemis.url(),
                    "s/#",
                    1,
                    null,
                    options -> options.set(MqttOptions.RECEIVE_MAXIMUM, 20));
            patiently().until(() -> !artemis.subscriptions().isEmpty());
            for (int i = 0; i < 400; i++) {
                publisher.publish("s/1", String.valueOf(i));
            }

            patiently().until(() -> Long.valueOf(20).equals(estimate()));
            patiently().until(() -> job.sink.stored().size() == 400);
            patiently().until(() -> Long.valueOf(0).equals(estimate()));
        }
    }

    private static Object estimate() {
        for (Map.Entry<MetricGroup, Map<String, Metric>> group :
                METRICS.getMetricsByGroup().entrySet()) {
            // Of all sessions; that of each is in a group with one more variable.
            boolean ofOne = group.getKey().getAllVariables().containsKey("<session>");
            if (!ofOne && group.getValue().get("inflightWindowEstimate") instanceof Gauge<?> g) {
                return g.getValue();
            }
        }
        return null;
    }
}
