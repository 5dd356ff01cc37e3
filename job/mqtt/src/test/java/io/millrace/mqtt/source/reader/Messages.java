package io.millrace.mqtt.source.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;

/** Messages for tests. */
final class Messages {
    private Messages() {}

    static ReceivedMessage qos1(int epoch, int packetId, String payload) {
        return new ReceivedMessage(
                epoch,
                packetId,
                "t",
                payload.getBytes(UTF_8),
                1,
                false,
                false,
                1_000,
                MessageProperties.NONE);
    }

    static ReceivedMessage qos0(int epoch, String payload) {
        return new ReceivedMessage(
                epoch,
                0,
                "t",
                payload.getBytes(UTF_8),
                0,
                false,
                false,
                1_000,
                MessageProperties.NONE);
    }

    static ReceivedMessage retained(int epoch, String payload, boolean repeated) {
        return new ReceivedMessage(
                epoch,
                1,
                "t",
                payload.getBytes(UTF_8),
                1,
                true,
                repeated,
                1_000,
                MessageProperties.NONE);
    }

    /** The same message as the broker sends it again (DUP) on a connection. */
    static ReceivedMessage again(int epoch, ReceivedMessage message) {
        return new ReceivedMessage(
                epoch,
                message.packetId(),
                message.topic(),
                message.payload(),
                message.qos(),
                message.retained(),
                true,
                2_000,
                message.properties());
    }
}
