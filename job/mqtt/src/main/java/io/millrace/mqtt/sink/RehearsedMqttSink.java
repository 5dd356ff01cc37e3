package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Makes messages of records as {@link MqttSink} does, and tells them to a rehearsal. */
record RehearsedMqttSink<T>(
        MqttSinkSettings settings, MessageEncoder<T> encoder, PublishRehearsal rehearsal)
        implements Sink<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        try {
            encoder.open(context.asSerializationSchemaInitializationContext());
        } catch (Exception e) {
            throw new IOException("The MQTT sink cannot start: " + e.getMessage(), e);
        }
        UnsentRecords<T> unsent =
                new UnsentRecords<>(
                        settings,
                        encoder,
                        new Letters(rehearsal),
                        new MqttSinkMetrics(context.metricGroup(), settings.rule()));
        return new Writer<>(new MessageMaker<>(settings, encoder, unsent), rehearsal);
    }

    /** Tells each message. */
    private record Writer<T>(MessageMaker<T> maker, PublishRehearsal rehearsal)
            implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) throws IOException, InterruptedException {
            OutgoingMessage message = maker.make(element);
            if (message != null) {
                rehearsal.publishes(message);
            }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }

    /** Tells letters instead of keeping them. */
    private record Letters(PublishRehearsal rehearsal) implements DeadLetterWriter {
        @Override
        public void write(DeadLetter letter) throws IOException {
            rehearsal.keeps(letter);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
