package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;

/**
 * Makes a message of a record. Used by the task's thread only.
 *
 * @param <T> the type of the records
 */
@FunctionalInterface
public interface MessageEncoder<T> extends Serializable {
    /** Called once before the first record. */
    default void open(SerializationSchema.InitializationContext context) throws Exception {}

    /**
     * Fills a message in. If this throws, or MQTT has no packet for the message, the record becomes
     * a dead letter.
     *
     * @param message holds what the sink's options say: topic, QoS, retain and properties. Its
     *     payload must not be changed any more
     */
    void encode(T record, OutgoingMessage.Builder message) throws Exception;

    /**
     * The dead letter that a record is instead of a message, or null: what upstream has no message
     * for is kept where the sink keeps its own letters, and like them before the checkpoint
     * completes.
     */
    default DeadLetter deadLetter(T record) {
        return null;
    }

    /** What a dead letter says of a record that has become no message. */
    default Map<String, Object> describe(T record) {
        return Map.of("record", String.valueOf(record));
    }

    /** Encodes the payload with one of Flink's schemas; the rest is what the options say. */
    static <T> MessageEncoder<T> payload(SerializationSchema<T> schema) {
        return new MessageEncoder<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void open(SerializationSchema.InitializationContext context) throws Exception {
                schema.open(context);
            }

            @Override
            public void encode(T record, OutgoingMessage.Builder message) {
                message.payload(schema.serialize(record));
            }
        };
    }
}
