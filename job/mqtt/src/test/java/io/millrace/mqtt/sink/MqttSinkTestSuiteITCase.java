package io.millrace.mqtt.sink;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.Subscriber;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

/** Flink's own tests of sinks. */
class MqttSinkTestSuiteITCase extends SinkTestSuiteBase<String> {
    @TestEnv
    private final MiniClusterTestEnvironment environment = new MiniClusterTestEnvironment();

    @TestSemantics private final CheckpointingMode[] semantics = {CheckpointingMode.AT_LEAST_ONCE};

    @TestContext private final ExternalContextFactory<Broker> contexts = test -> new Broker();

    /** A broker with a subscriber that was there before the sink. */
    private static final class Broker implements DataStreamSinkV2ExternalContext<String> {
        private static final String TOPIC = "suite/out";

        private final EmbeddedBroker artemis = new EmbeddedBroker().start();
        private final Subscriber subscriber;

        Broker() {
            try {
                subscriber = new Subscriber(artemis.url(), TOPIC);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Sink<String> createSink(TestingSinkSettings settings) {
            return MqttSink.<String>builder()
                    .setUrl(artemis.url())
                    .setTopic(TOPIC)
                    .setClientIdPrefix("suite")
                    .setEncoder(MessageEncoder.payload(new SimpleStringSchema()))
                    .build();
        }

        @Override
        public ExternalSystemDataReader<String> createSinkDataReader(TestingSinkSettings settings) {
            return new Reader(subscriber);
        }

        @Override
        public List<String> generateTestData(TestingSinkSettings settings, long seed) {
            return IntStream.range(0, 200).mapToObj(i -> seed + "-" + i).toList();
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
        public void close() {
            subscriber.close();
            artemis.close();
        }
    }

    /** Gives each message once. */
    private static final class Reader implements ExternalSystemDataReader<String> {
        private final Subscriber subscriber;
        private int given;

        Reader(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public List<String> poll(Duration timeout) {
            List<String> all = subscriber.texts();
            List<String> fresh = all.subList(given, all.size());
            given = all.size();
            return fresh;
        }

        @Override
        public void close() {}
    }
}
