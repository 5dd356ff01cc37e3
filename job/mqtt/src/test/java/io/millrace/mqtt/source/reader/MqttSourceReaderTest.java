package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos0;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttSourceReaderTest {
    @TempDir Path folder;

    private final FakeClients broker = new FakeClients();
    private final TestingReaderOutput<String> output = new TestingReaderOutput<>();
    private MqttSourceReader<String> reader;

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void acknowledgesWhatACompletedCheckpointCoversOnItsConnection() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client client = broker.next();
        send(client, 1, "a");
        send(client, 2, "b");
        poll(2);
        reader.snapshotState(1);
        send(client, 3, "c");
        poll(1);

        assertThat(client.acknowledged).isEmpty();
        reader.notifyCheckpointComplete(1);
        await().untilAsserted(() -> assertThat(client.acknowledged).containsExactly(1, 2));
        assertThat(output.getEmittedRecords()).containsExactly("a", "b", "c");
        assertThat(client.subscribed).containsExactly("t/# 1");
    }

    @Test
    void neverAcknowledgesOnAnotherConnection() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client first = broker.next();
        send(first, 1, "a");
        poll(1);
        reader.snapshotState(1);
        first.listener.lost(MqttFailure.passing("cut", null));
        FakeClients.Client second = broker.next();
        send(second, 1, "another message with the same id");
        poll(1);
        reader.notifyCheckpointComplete(1);
        reader.snapshotState(2);

        await().until(() -> first.closed);
        assertThat(second.epoch).isEqualTo(2);
        reader.notifyCheckpointComplete(2);
        await().untilAsserted(() -> assertThat(second.acknowledged).containsExactly(1));
        assertThat(first.acknowledged).isEmpty();
    }

    @Test
    void acknowledgesMessagesOfWhichNoRecordCame() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client client = broker.next();
        send(client, 1, "nothing");
        send(client, 2, "bad");
        poll(2);
        reader.snapshotState(1);

        assertThat(deadLetters()).singleElement().asString().contains("bad payload");
        reader.notifyCheckpointComplete(1);
        await().untilAsserted(() -> assertThat(client.acknowledged).containsExactly(1, 2));
        assertThat(output.getEmittedRecords()).isEmpty();
    }

    @Test
    void receiveModeAcknowledgesAtOnce() throws Exception {
        open(AckMode.RECEIVE);
        FakeClients.Client client = broker.next();
        send(client, 1, "a");
        poll(1);

        await().untilAsserted(() -> assertThat(client.acknowledged).containsExactly(1));
    }

    @Test
    void qos0NeedsNoAcknowledgement() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client client = broker.next();
        client.listener.received(List.of(qos0(1, "a")));
        poll(1);
        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);

        assertThat(output.getEmittedRecords()).containsExactly("a");
        assertThat(client.acknowledged).isEmpty();
    }

    @Test
    void whatWasNotEmittedIsNotEmittedTwiceWhenTheBrokerRepeatsIt() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client first = broker.next();
        send(first, 1, "a");
        send(first, 2, "b");
        poll(1);
        broker.setSessionPresent(true);
        first.listener.lost(MqttFailure.passing("cut", null));
        FakeClients.Client second = broker.next();
        send(second, 2, "b");
        // The first copy is passed over.
        poll(2);

        assertThat(output.getEmittedRecords()).containsExactly("a", "b");
    }

    @Test
    void whatABrokerRefusesForGoodFailsTheJob() throws Exception {
        broker.refuse(MqttFailure.permanent("The broker refuses the password.", null));
        open(AckMode.CHECKPOINT);

        reader.isAvailable().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> reader.pollNext(output))
                .hasMessage("The broker refuses the password.");
    }

    @Test
    void failuresThatPassAreTriedAgain() throws Exception {
        broker.refuse(MqttFailure.passing("no route", null));
        broker.refuse(MqttFailure.passing("no route", null));
        open(AckMode.CHECKPOINT);
        broker.next();
        broker.next();

        send(broker.next(), 1, "a");
        poll(1);
        assertThat(output.getEmittedRecords()).containsExactly("a");
    }

    @Test
    void aPausedSplitEmitsNothingUntilItIsResumed() throws Exception {
        open(AckMode.CHECKPOINT);
        FakeClients.Client client = broker.next();
        reader.pauseOrResumeSplits(List.of("client-0"), List.of());
        send(client, 1, "a");

        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        reader.pauseOrResumeSplits(List.of(), List.of("client-0"));
        poll(1);
        assertThat(output.getEmittedRecords()).containsExactly("a");
    }

    private void open(AckMode mode) throws Exception {
        Configuration options = new Configuration();
        options.set(MqttOptions.URL, "tcp://fake:1883");
        options.set(MqttOptions.TOPIC, "t/#");
        options.set(MqttOptions.CLIENT_ID_PREFIX, "client");
        options.set(MqttOptions.SCAN_ACK_MODE, mode);
        options.set(MqttOptions.SCAN_DEAD_LETTER, "file:" + folder);
        options.set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(1));
        MqttSourceSettings settings = MqttSourceSettings.read(options, null, new Problems());
        reader =
                new MqttSourceReader<>(
                        new TestingReaderContext(),
                        settings,
                        new Decoder(),
                        broker,
                        null,
                        MqttSourceReader.QUIET);
        reader.start();
        reader.addSplits(List.of(new MqttSplit("client-0", "t/#")));
    }

    private static void send(FakeClients.Client client, int packetId, String payload) {
        client.listener.received(List.of(qos1(client.epoch, packetId, payload)));
    }

    /** Polls until so many messages have been worked off. */
    private void poll(int count) throws Exception {
        for (int done = 0; done < count; ) {
            reader.isAvailable().get(10, TimeUnit.SECONDS);
            if (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                done++;
            }
        }
    }

    private List<String> deadLetters() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    private static final class Decoder implements MessageDecoder<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void decode(ReceivedMessage message, Collector<String> out) {
            String payload = new String(message.payload(), UTF_8);
            switch (payload) {
                case "nothing" -> {}
                case "bad" -> {
                    out.collect("half of it");
                    throw new IllegalArgumentException("bad payload");
                }
                default -> out.collect(payload);
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
