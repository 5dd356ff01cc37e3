package io.millrace.mqtt.sink;

import io.millrace.mqtt.client.MqttPublisherFactory;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Publishes to MQTT topics, at least once at QoS 1: the broker has acknowledged all messages, or
 * they are among the dead letters, when the checkpoint's barrier passes. After a failure messages
 * since the last checkpoint may be published again. Messages of one topic keep their order as long
 * as one writer publishes them.
 *
 * <pre>{@code
 * MqttSink<Alert> sink = MqttSink.<Alert>builder()
 *     .setUrl("tcp://localhost:1883")
 *     .setClientIdPrefix("plant-7")
 *     .setEncoder((alert, message) -> message.topic("alerts/" + alert.device()).payload(alert.json()))
 *     .build();
 * alerts.sinkTo(sink);
 * }</pre>
 *
 * <p>Nothing that goes wrong with the broker makes the sink fail or lose messages, but for refused
 * credentials, another client with its client id, and a broker that does not do what is asked for
 * at all. At QoS 0 messages may be lost, and a checkpoint only waits until they are written to the
 * socket.
 *
 * @param <T> the type of the records
 */
public final class MqttSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final MqttSinkSettings settings;
    private final MessageEncoder<T> encoder;
    private final MqttPublisherFactory publishers;

    /** For the builder and the table sink: settings that were checked. */
    public MqttSink(MqttSinkSettings settings, MessageEncoder<T> encoder) {
        this(settings, encoder, MqttPublisherFactory.netty());
    }

    /** With another client. */
    MqttSink(
            MqttSinkSettings settings, MessageEncoder<T> encoder, MqttPublisherFactory publishers) {
        this.settings = settings;
        this.encoder = encoder;
        this.publishers = publishers;
    }

    /** Begins a sink. */
    public static <T> MqttSinkBuilder<T> builder() {
        return new MqttSinkBuilder<>();
    }

    /**
     * A sink that makes the same messages of records and tells them instead of publishing them. It
     * makes no connection.
     */
    public Sink<T> rehearsed(PublishRehearsal rehearsal) {
        return new RehearsedMqttSink<>(settings, encoder, rehearsal);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return MqttSinkWriter.open(settings, encoder, publishers, context);
    }
}
