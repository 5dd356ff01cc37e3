package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos1;
import static io.millrace.mqtt.source.reader.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.source.split.MqttSplit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetainedMessagesTest {
    private final ReaderUnderTest reader = new ReaderUnderTest();

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void neverLeavesThemOutAndAcknowledgesThem() throws Exception {
        FakeClients.Client client = open(RetainedHandling.NEVER, ProtocolVersion.V3_1_1);
        client.listener.received(List.of(retained(1, "stored", false), qos1(1, 2, "live")));

        assertThat(reader.pollRecords(1)).containsExactly("live");
        reader.snapshot(1);
        reader.complete(1);
        await().untilAsserted(() -> assertThat(client.acknowledged).containsExactly(1, 2));
    }

    @Test
    void onNewSessionTakesThemOnce() throws Exception {
        FakeClients.Client first = open(RetainedHandling.ON_NEW_SESSION, ProtocolVersion.V3_1_1);
        first.listener.received(List.of(retained(1, "stored", false)));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, true);
        second.listener.received(List.of(retained(2, "stored", false), qos1(2, 2, "live")));

        assertThat(reader.pollRecords(2)).containsExactly("stored", "live");
    }

    @Test
    void alwaysTakesThemWithEachConnection() throws Exception {
        FakeClients.Client first = open(RetainedHandling.ALWAYS, ProtocolVersion.V3_1_1);
        first.listener.received(List.of(retained(1, "stored", false)));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, true);
        second.listener.received(List.of(retained(2, "stored", false)));

        assertThat(reader.pollRecords(2)).containsExactly("stored", "stored");
    }

    @Test
    void withMqtt5TheBrokerIsToldAndDecides() throws Exception {
        FakeClients.Client first = open(RetainedHandling.ON_NEW_SESSION, ProtocolVersion.V5);
        await().until(() -> !first.asked.isEmpty());
        assertThat(first.asked.get(0).retained()).isEqualTo(RetainedHandling.ON_NEW_SESSION);
        first.listener.received(List.of(retained(1, "stored", false)));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, false);
        second.listener.received(List.of(retained(2, "stored", false)));

        assertThat(reader.pollRecords(2)).containsExactly("stored", "stored");
    }

    private FakeClients.Client open(RetainedHandling handling, ProtocolVersion version)
            throws Exception {
        return reader.open(
                new MqttSplit("client-0", ReaderUnderTest.FILTER),
                MqttSourceReader.QUIET,
                options -> {
                    options.set(MqttOptions.SCAN_RETAINED, handling);
                    options.set(MqttOptions.PROTOCOL_VERSION, version);
                });
    }
}
