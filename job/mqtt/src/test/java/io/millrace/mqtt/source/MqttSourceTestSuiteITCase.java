package io.millrace.mqtt.source;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TlsSettings;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Flink's own tests of sources. Those that want a bounded source are skipped, as there is no end of
 * a topic. A plain filter has one session, so all of the suite's splits are topics of that one.
 */
@EnabledIf(
        value = "mosquittoIsInstalled",
        disabledReason = "Mosquitto is not installed: apt-get install mosquitto")
class MqttSourceTestSuiteITCase extends SourceTestSuiteBase<String> {
    @TestEnv
    private final MiniClusterTestEnvironment environment = new MiniClusterTestEnvironment();

    @TestSemantics private final CheckpointingMode[] semantics = {CheckpointingMode.AT_LEAST_ONCE};

    @TestContext private final ExternalContextFactory<Broker> contexts = test -> new Broker();

    static boolean mosquittoIsInstalled() {
        return Mosquitto.isInstalled();
    }

    /** A broker that knows the source's session before the source comes. */
    private static final class Broker implements DataStreamSourceExternalContext<String> {
        private static final String FILTER = "split/+";
        private static final String PREFIX = "suite";

        private final Path folder;
        private final Mosquitto mosquitto;
        private int splits;

        Broker() {
            try {
                folder = Files.createTempDirectory("mqtt-suite");
                mosquitto = Mosquitto.in(folder).start();
                makeSession();
            } catch (IOException | MqttFailure | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
            if (settings.getBoundedness() == Boundedness.BOUNDED) {
                throw new UnsupportedOperationException("a topic has no end");
            }
            return MqttSource.<String>builder()
                    .setUrl(mosquitto.url())
                    .setTopic(FILTER)
                    .setClientIdPrefix(PREFIX)
                    .set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(50))
                    .setDecoder(MessageDecoder.payload(new SimpleStringSchema()))
                    .build();
        }

        @Override
        public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
                TestingSourceSettings settings) {
            return new Writer(mosquitto.url(), "split/" + splits++);
        }

        @Override
        public List<String> generateTestData(TestingSourceSettings settings, int split, long seed) {
            return IntStream.range(0, 200).mapToObj(i -> split + "-" + seed + "-" + i).toList();
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }

        @Override
        public List<URL> getConnectorJarPaths() {
            return List.of();
        }

        @Override
        public void close() throws IOException {
            mosquitto.close();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }

        private void makeSession() throws MqttFailure, InterruptedException {
            ConnectionSettings settings =
                    new ConnectionSettings(
                            mosquitto.url(),
                            ClientLibrary.PAHO,
                            ProtocolVersion.V5,
                            null,
                            null,
                            TlsSettings.DEFAULT,
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            100,
                            1 << 20);
            Subscribed subscribed = new Subscribed();
            try (MqttClient client =
                    MqttClientFactory.of(settings.library())
                            .create(settings, ClientIds.of(PREFIX, FILTER, 0), 1, subscribed)) {
                client.connect();
                client.subscribe(new Subscription(FILTER, 1, RetainedHandling.NEVER));
                if (!subscribed.latch.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the broker does not answer");
                }
            }
        }
    }

    private record Writer(Publisher publisher, String topic)
            implements ExternalSystemSplitDataWriter<String> {
        Writer(String url, String topic) {
            this(open(url), topic);
        }

        private static Publisher open(String url) {
            try {
                return new Publisher(url);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void writeRecords(List<String> records) {
            try {
                for (String record : records) {
                    publisher.publish(topic, record);
                }
                publisher.flush();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws MqttException {
            publisher.close();
        }
    }

    private static final class Subscribed implements MqttClientListener {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void received(List<ReceivedMessage> messages) {}

        @Override
        public void subscribed(MqttFailure refusal) {
            latch.countDown();
        }

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {}
    }
}
