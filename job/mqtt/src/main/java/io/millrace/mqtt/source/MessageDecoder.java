package io.millrace.mqtt.source;

import io.millrace.mqtt.client.ReceivedMessage;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/**
 * Makes records of a message. Used by the task's thread only.
 *
 * @param <T> the type of the records
 */
public interface MessageDecoder<T> extends Serializable, ResultTypeQueryable<T> {
    /** Called once before the first message. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Makes none, one or several records of a message. They are emitted together when this returns,
     * and none of them if it throws; then the message becomes a dead letter. A record must not be
     * changed after it was collected.
     */
    void decode(ReceivedMessage message, Collector<T> out) throws Exception;

    /** Who published the message, as far as one can tell; for dead letters. May be null. */
    default String publisher(ReceivedMessage message) {
        return null;
    }

    /** Decodes the payload with one of Flink's schemas and leaves the rest of the message alone. */
    static <T> MessageDecoder<T> payload(DeserializationSchema<T> schema) {
        return new MessageDecoder<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void open(DeserializationSchema.InitializationContext context) throws Exception {
                schema.open(context);
            }

            @Override
            public void decode(ReceivedMessage message, Collector<T> out) throws IOException {
                schema.deserialize(message.payload(), out);
            }

            @Override
            public TypeInformation<T> getProducedType() {
                return schema.getProducedType();
            }
        };
    }
}
