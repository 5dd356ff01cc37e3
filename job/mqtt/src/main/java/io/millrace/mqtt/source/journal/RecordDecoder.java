package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what follows the head of a record that {@link RecordEncoder} wrote. Stateless. */
final class RecordDecoder {
    private RecordDecoder() {}

    /**
     * A record.
     *
     * @param message with epoch 0 and packet id 0, since there is nothing to acknowledge
     * @param synced so many bytes of its file were durable when it was written
     */
    record Entry(ReceivedMessage message, long synced) {}

    static Entry decode(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        long position = in.getLong();
        long synced = in.getLong();
        long receivedAt = in.getLong();
        int flags = in.get();
        String topic = text(in);
        byte[] payload = bytes(in);
        MessageProperties properties =
                (flags & RecordEncoder.PROPERTIES) == 0 ? MessageProperties.NONE : properties(in);
        return new Entry(
                new ReceivedMessage(
                        0,
                        0,
                        topic,
                        payload,
                        flags & 3,
                        (flags & RecordEncoder.RETAINED) != 0,
                        (flags & RecordEncoder.REPEATED) != 0,
                        receivedAt,
                        properties,
                        position),
                synced);
    }

    private static MessageProperties properties(ByteBuffer in) {
        int given = in.get();
        String contentType = (given & RecordEncoder.CONTENT_TYPE) == 0 ? null : text(in);
        String responseTopic = (given & RecordEncoder.RESPONSE_TOPIC) == 0 ? null : text(in);
        byte[] correlationData = (given & RecordEncoder.CORRELATION_DATA) == 0 ? null : bytes(in);
        Long expiry = (given & RecordEncoder.EXPIRY) == 0 ? null : in.getLong();
        int count = in.getInt();
        List<Map.Entry<String, String>> user = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = text(in);
            user.add(Map.entry(name, text(in)));
        }
        return new MessageProperties(user, contentType, responseTopic, correlationData, expiry);
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
