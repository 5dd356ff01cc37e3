package io.millrace.mqtt.source.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.Collector;

/** A source reader on a broker that a test plays. */
final class ReaderUnderTest implements AutoCloseable {
    static final String FILTER = "t/#";

    final FakeClients broker = new FakeClients();
    private final MetricListener metrics = new MetricListener();
    private final TestingReaderContext context =
            new TestingReaderContext(
                    new Configuration(),
                    InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()));
    private final TestingReaderOutput<String> output =
            new TestingReaderOutput<>() {
                @Override
                public void markIdle() {
                    // Flink's own throws.
                }
            };
    private final Configuration options = new Configuration();
    private MqttSourceReader<String> reader;

    ReaderUnderTest() {
        options.set(MqttOptions.URL, "tcp://fake:1883");
        options.set(MqttOptions.TOPIC, FILTER);
        options.set(MqttOptions.CLIENT_ID_PREFIX, "client");
        options.set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(1));
    }

    /** Starts the reader with one session and returns its first connection. */
    FakeClients.Client open(MqttSplit split, Duration quiet, Consumer<Configuration> more)
            throws Exception {
        more.accept(options);
        MqttSourceSettings settings = MqttSourceSettings.read(options, null, new Problems());
        reader = new MqttSourceReader<>(context, settings, new Text(), broker, null, quiet);
        reader.start();
        reader.addSplits(List.of(split));
        return broker.next();
    }

    /** Cuts the connection and returns the next one. */
    FakeClients.Client cut(FakeClients.Client client, boolean sessionPresent) throws Exception {
        broker.setSessionPresent(sessionPresent);
        client.listener.lost(MqttFailure.passing("cut", null));
        return broker.next();
    }

    /** Polls until something is the case. */
    void pollUntil(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () -> {
                            while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                                // All there is.
                            }
                            return condition.call();
                        });
    }

    /** Polls until so many records have been emitted, all in all. */
    List<String> pollRecords(int count) {
        pollUntil(() -> output.getEmittedRecords().size() >= count);
        return output.getEmittedRecords();
    }

    /** What has been emitted so far. */
    List<String> emitted() {
        return output.getEmittedRecords();
    }

    List<MqttSplit> snapshot(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    void complete(long checkpointId) {
        reader.notifyCheckpointComplete(checkpointId);
    }

    List<SourceEvent> events() {
        return context.getSentEvents();
    }

    long counter(String name) {
        return metrics.getCounter("mqtt", name).orElseThrow().getCount();
    }

    Object gauge(String... path) {
        return metrics.getGauge(path).orElseThrow().getValue();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Text implements MessageDecoder<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void decode(ReceivedMessage message, Collector<String> out) {
            out.collect(new String(message.payload(), UTF_8));
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
