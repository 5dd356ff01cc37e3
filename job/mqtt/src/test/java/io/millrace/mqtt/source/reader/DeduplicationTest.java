package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.again;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.Deduplication;
import io.millrace.mqtt.source.split.MqttSplit;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    private static final MqttSplit SPLIT = new MqttSplit("client-0", ReaderUnderTest.FILTER);

    private ReaderUnderTest reader = new ReaderUnderTest();

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void whatWasEmittedIsLeftOutOnTheNextConnectionAndAcknowledgedThere() throws Exception {
        FakeClients.Client first = open(SPLIT);
        ReceivedMessage a = qos1(1, 1, "a");
        first.listener.received(List.of(a));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, true);
        second.listener.received(List.of(again(2, a), qos1(2, 2, "b")));

        assertThat(reader.pollRecords(2)).containsExactly("a", "b");
        assertThat(reader.counter("redeliveries")).isEqualTo(1);
        assertThat(reader.counter("duplicatesDropped")).isEqualTo(1);
        reader.snapshot(1);
        assertThat(second.acknowledged).isEmpty();
        reader.complete(1);
        await().untilAsserted(() -> assertThat(second.acknowledged).containsExactly(1, 2));
    }

    @Test
    void whatTheRestoredStateHasIsLeftOut() throws Exception {
        FakeClients.Client client = open(SPLIT);
        ReceivedMessage a = qos1(1, 1, "a");
        ReceivedMessage b = qos1(1, 2, "b");
        client.listener.received(List.of(a, b));
        reader.pollRecords(2);
        List<MqttSplit> state = reader.snapshot(1);
        client.listener.received(List.of(qos1(1, 3, "c")));
        reader.pollRecords(3);
        reader.close();

        reader = new ReaderUnderTest();
        reader.broker.setSessionPresent(true);
        client = open(state.get(0));
        client.listener.received(
                List.of(again(1, a), again(1, b), again(1, qos1(1, 3, "c")), qos1(1, 4, "d")));
        assertThat(reader.pollRecords(2)).containsExactly("c", "d");
        reader.snapshot(2);
        reader.complete(2);
        List<Integer> acknowledged = client.acknowledged;
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(1, 2, 3, 4));
    }

    @Test
    void theStateIsEmptyAgainWhenTheBrokerHasReadTheAcknowledgements() throws Exception {
        reader.broker.setConfirming(true);
        FakeClients.Client client = open(SPLIT);
        client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));
        reader.pollRecords(2);
        assertThat(unconfirmed(1)).isEqualTo(2);
        reader.complete(1);

        await().until(() -> unconfirmed(2) == 0);
    }

    @Test
    void withoutTheBrokersWordTheStateKeepsWhatItMayRepeat() throws Exception {
        FakeClients.Client client = open(SPLIT);
        client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));
        reader.pollRecords(2);
        reader.snapshot(1);
        reader.complete(1);
        await().until(() -> client.acknowledged.size() == 2);

        assertThat(unconfirmed(2)).isEqualTo(2);
    }

    @Test
    void restoredEntriesGoWhenTheBrokerHasNothingToRepeat() throws Exception {
        FakeClients.Client client = open(SPLIT);
        client.listener.received(List.of(qos1(1, 1, "a")));
        reader.pollRecords(1);
        MqttSplit state = reader.snapshot(1).get(0);
        reader.close();

        reader = new ReaderUnderTest();
        reader.broker.setSessionPresent(true);
        reader.broker.setConfirming(true);
        open(state);
        await().until(() -> unconfirmed(2) == 0);
    }

    @Test
    void theStateIsEmptyAgainAlsoIfACheckpointCompletedWithoutAConnection() throws Exception {
        reader.broker.setConfirming(true);
        FakeClients.Client first =
                reader.open(
                        SPLIT,
                        MqttSourceReader.QUIET,
                        options -> {
                            deduplicate(options);
                            options.set(
                                    MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(400));
                        });
        ReceivedMessage a = qos1(1, 1, "a");
        first.listener.received(List.of(a));
        reader.pollRecords(1);
        reader.snapshot(1);
        reader.broker.setSessionPresent(true);
        first.listener.lost(MqttFailure.passing("cut", null));
        reader.pollUntil(() -> reader.gauge("mqtt", "session", "client-0", "state").equals(0));
        reader.complete(1);
        FakeClients.Client second = reader.broker.next();
        second.listener.received(List.of(again(2, a)));
        reader.pollUntil(() -> reader.counter("duplicatesDropped") == 1);
        reader.snapshot(2);
        reader.complete(2);

        await().until(() -> unconfirmed(3) == 0);
        assertThat(second.acknowledged).containsExactly(1);
    }

    @Test
    void nothingIsLeftOutOfANewSession() throws Exception {
        FakeClients.Client first = open(SPLIT);
        ReceivedMessage a = qos1(1, 1, "a");
        first.listener.received(List.of(a));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, false);
        second.listener.received(List.of(again(2, a)));

        assertThat(reader.pollRecords(2)).containsExactly("a", "a");
    }

    @Test
    void whenItIsOffRepetitionsAreEmitted() throws Exception {
        FakeClients.Client first = reader.open(SPLIT, MqttSourceReader.QUIET, options -> {});
        ReceivedMessage a = qos1(1, 1, "a");
        first.listener.received(List.of(a));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, true);
        second.listener.received(List.of(again(2, a)));

        assertThat(reader.pollRecords(2)).containsExactly("a", "a");
        assertThat(reader.counter("redeliveries")).isEqualTo(1);
        assertThat(reader.counter("duplicatesDropped")).isZero();
    }

    private int unconfirmed(long checkpointId) {
        return reader.snapshot(checkpointId).get(0).unconfirmed().count();
    }

    private FakeClients.Client open(MqttSplit split) throws Exception {
        return reader.open(split, MqttSourceReader.QUIET, DeduplicationTest::deduplicate);
    }

    private static void deduplicate(Configuration options) {
        options.set(MqttOptions.CLIENT, ClientLibrary.NETTY);
        options.set(MqttOptions.SCAN_DEDUPLICATION, Deduplication.SESSION);
    }
}
