package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes records of version 1 behind each other into memory. Big-endian; a text or bytes is its
 * length (4) and its bytes, texts in UTF-8:
 *
 * <pre>
 * mark (4)         the file's
 * length (4)       of what follows the CRC
 * CRC-32C (4)      of length and what follows
 * position (8)
 * synced (8)       so many bytes of the file were durable when this record was written
 * receivedAt (8)
 * flags (1)        QoS in the lower two bits, retained 4, repeated 8, properties 16
 * topic, payload
 * with properties: content type 1, response topic 2, correlation data 4, expiry 8 (1);
 *                  those of them that there are, the expiry as a number (8);
 *                  number of user properties (4), name and value of each
 * </pre>
 *
 * Not thread-safe.
 */
final class RecordEncoder {
    static final int HEAD = 12;
    static final int RETAINED = 4;
    static final int REPEATED = 8;
    static final int PROPERTIES = 16;
    static final int CONTENT_TYPE = 1;
    static final int RESPONSE_TOPIC = 2;
    static final int CORRELATION_DATA = 4;
    static final int EXPIRY = 8;

    private static final int INITIAL = 64 * 1024;

    private final int mark;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer out = ByteBuffer.allocate(INITIAL);

    RecordEncoder(int mark) {
        this.mark = mark;
    }

    /** Adds a record. */
    void add(ReceivedMessage message, long position, long synced) {
        int start = out.position();
        room(HEAD + 25).putInt(mark).putLong(0);
        out.putLong(position).putLong(synced).putLong(message.receivedAt());
        MessageProperties properties = message.properties();
        boolean plain = properties.equals(MessageProperties.NONE);
        out.put(
                (byte)
                        (message.qos()
                                | (message.retained() ? RETAINED : 0)
                                | (message.repeated() ? REPEATED : 0)
                                | (plain ? 0 : PROPERTIES)));
        put(message.topic());
        put(message.payload());
        if (!plain) {
            put(properties);
        }
        seal(start);
    }

    private void seal(int start) {
        int body = start + HEAD;
        out.putInt(start + 4, out.position() - body);
        crc.reset();
        crc.update(out.array(), start + 4, 4);
        crc.update(out.array(), body, out.position() - body);
        out.putInt(start + 8, (int) crc.getValue());
    }

    private void put(MessageProperties properties) {
        room(9).put(
                        (byte)
                                ((properties.contentType() == null ? 0 : CONTENT_TYPE)
                                        | (properties.responseTopic() == null ? 0 : RESPONSE_TOPIC)
                                        | (properties.correlationData() == null
                                                ? 0
                                                : CORRELATION_DATA)
                                        | (properties.messageExpiry() == null ? 0 : EXPIRY)));
        if (properties.contentType() != null) {
            put(properties.contentType());
        }
        if (properties.responseTopic() != null) {
            put(properties.responseTopic());
        }
        if (properties.correlationData() != null) {
            put(properties.correlationData());
        }
        if (properties.messageExpiry() != null) {
            room(8).putLong(properties.messageExpiry());
        }
        room(4).putInt(properties.userProperties().size());
        for (Map.Entry<String, String> property : properties.userProperties()) {
            put(property.getKey());
            put(property.getValue());
        }
    }

    private void put(String text) {
        put(text.getBytes(UTF_8));
    }

    private void put(byte[] bytes) {
        room(4 + bytes.length).putInt(bytes.length).put(bytes);
    }

    private ByteBuffer room(int needed) {
        if (out.remaining() < needed) {
            // Past two thirds of the largest array there is no doubling any more.
            long wanted = Math.max(2L * out.capacity(), (long) out.position() + needed);
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, wanted));
            out = larger.put(out.flip());
        }
        return out;
    }

    /** What was added is in its first {@link #length} bytes. */
    byte[] array() {
        return out.array();
    }

    int length() {
        return out.position();
    }

    /** Forgets what was added, and a large message's memory. */
    void clear() {
        out = out.capacity() > 16 * INITIAL ? ByteBuffer.allocate(INITIAL) : out.clear();
    }
}
