package io.millrace.mqtt.source.reader;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.publish.LetterTexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes dead letters of messages that cannot be decoded. Stateless. */
final class Undecodable {
    private Undecodable() {}

    static DeadLetter letter(
            ReceivedMessage message,
            String publisher,
            String session,
            List<String> rules,
            Exception cause) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("topic", message.topic());
        details.put("clientid", publisher);
        details.put("session", session);
        details.put("packet_id", message.packetId());
        details.put("qos", message.qos());
        details.put("rules", rules);
        details.put("received_at", Instant.ofEpochMilli(message.receivedAt()).toString());
        details.put("payload", LetterTexts.payload(message.payload()));
        details.put("payload_base64", message.payload());
        return new DeadLetter(Instant.now(), "mqtt", LetterTexts.reason(cause), details);
    }
}
