package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.publish.LetterTexts;
import io.millrace.mqtt.publish.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes dead letters of what can never be published. Used by the task's thread only.
 *
 * @param <T> the type of the records
 */
final class UnsentRecords<T> {
    private final MqttSinkSettings settings;
    private final MessageEncoder<T> encoder;
    private final DeadLetterWriter letters;
    private final MqttSinkMetrics metrics;

    UnsentRecords(
            MqttSinkSettings settings,
            MessageEncoder<T> encoder,
            DeadLetterWriter letters,
            MqttSinkMetrics metrics) {
        this.settings = settings;
        this.encoder = encoder;
        this.letters = letters;
        this.metrics = metrics;
    }

    /** A record that is a letter already. */
    void keep(DeadLetter letter) throws IOException {
        letters.write(letter);
        metrics.deadLetter();
    }

    /** A record that has become no message. */
    void keep(T record, String topic, Exception cause) throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("topic", topic);
        details.putAll(encoder.describe(record));
        write(LetterTexts.reason(cause), details);
    }

    /** The messages that the broker has refused for good since the last call. */
    void keepRefused(Outbox outbox) throws IOException {
        for (Outbox.Refused next = outbox.takeRefused();
                next != null;
                next = outbox.takeRefused()) {
            OutgoingMessage message = next.message();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("topic", message.topic());
            details.put("qos", message.qos());
            details.put("retain", message.retain());
            details.put("payload", LetterTexts.payload(message.payload()));
            details.put("payload_base64", message.payload());
            write(next.reason(), details);
        }
    }

    private void write(String reason, Map<String, Object> details) throws IOException {
        if (settings.rule() != null) {
            details.put("rule", settings.rule());
        }
        letters.write(new DeadLetter(Instant.now(), "mqtt", reason, details));
        metrics.deadLetter();
    }

    void flush() throws IOException {
        letters.flush();
    }

    void close() throws IOException {
        letters.close();
    }
}
