package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * A PUBLISH packet as it stands on the wire. Written without netty's encoder, so that many packets
 * go into one buffer and their length is known before they are sent.
 */
final class PublishPacket {
    private static final int PUBLISH = 0x30;
    private static final int QOS_1 = 0x02;
    private static final int RETAIN = 0x01;

    private static final int MESSAGE_EXPIRY = 0x02;
    private static final int CONTENT_TYPE = 0x03;
    private static final int RESPONSE_TOPIC = 0x08;
    private static final int CORRELATION_DATA = 0x09;
    private static final int USER_PROPERTY = 0x26;

    /** The protocol's own bound for what follows the fixed header. */
    private static final long LONGEST = 268_435_455;

    private final OutgoingMessage message;
    private final boolean v5;
    private final byte[] topic;
    private final int propertiesLength;
    private final long remaining;

    PublishPacket(OutgoingMessage message, ProtocolVersion version) {
        this.message = message;
        this.v5 = version == ProtocolVersion.V5;
        this.topic = message.topic().getBytes(UTF_8);
        this.propertiesLength = v5 ? propertiesLength(message.properties()) : 0;
        this.remaining =
                2L
                        + topic.length
                        + (message.qos() > 0 ? 2 : 0)
                        + (v5 ? lengthOfNumber(propertiesLength) + propertiesLength : 0)
                        + message.payload().length;
    }

    /** The length of the packet in bytes; more than {@code Integer.MAX_VALUE} may come out. */
    long length() {
        return 1 + lengthOfNumber(remaining) + remaining;
    }

    /** Whether the protocol has such packets at all. */
    boolean isPossible() {
        return remaining <= LONGEST;
    }

    /** Writes all but the payload, which follows. */
    void writeHead(ByteBuf out, int packetId) {
        out.writeByte(PUBLISH | (message.qos() > 0 ? QOS_1 : 0) | (message.retain() ? RETAIN : 0));
        writeNumber(out, (int) remaining);
        writeBytes(out, topic);
        if (message.qos() > 0) {
            out.writeShort(packetId);
        }
        if (v5) {
            writeNumber(out, propertiesLength);
            writeProperties(out, message.properties());
        }
    }

    private static int propertiesLength(MessageProperties properties) {
        if (properties == MessageProperties.NONE) {
            return 0;
        }
        int length = 0;
        if (properties.messageExpiry() != null) {
            length += 5;
        }
        if (properties.contentType() != null) {
            length += 3 + lengthOf(properties.contentType());
        }
        if (properties.responseTopic() != null) {
            length += 3 + lengthOf(properties.responseTopic());
        }
        if (properties.correlationData() != null) {
            length += 3 + properties.correlationData().length;
        }
        for (Map.Entry<String, String> property : properties.userProperties()) {
            length += 5 + lengthOf(property.getKey()) + lengthOf(property.getValue());
        }
        return length;
    }

    private static void writeProperties(ByteBuf out, MessageProperties properties) {
        if (properties.messageExpiry() != null) {
            out.writeByte(MESSAGE_EXPIRY);
            out.writeInt(properties.messageExpiry().intValue());
        }
        if (properties.contentType() != null) {
            out.writeByte(CONTENT_TYPE);
            writeBytes(out, properties.contentType().getBytes(UTF_8));
        }
        if (properties.responseTopic() != null) {
            out.writeByte(RESPONSE_TOPIC);
            writeBytes(out, properties.responseTopic().getBytes(UTF_8));
        }
        if (properties.correlationData() != null) {
            out.writeByte(CORRELATION_DATA);
            writeBytes(out, properties.correlationData());
        }
        for (Map.Entry<String, String> property : properties.userProperties()) {
            out.writeByte(USER_PROPERTY);
            writeBytes(out, property.getKey().getBytes(UTF_8));
            writeBytes(out, property.getValue().getBytes(UTF_8));
        }
    }

    private static int lengthOf(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static void writeBytes(ByteBuf out, byte[] bytes) {
        out.writeShort(bytes.length);
        out.writeBytes(bytes);
    }

    /** MQTT's numbers: seven bits a byte, the lowest first. */
    private static void writeNumber(ByteBuf out, int number) {
        int rest = number;
        while (rest > 0x7F) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int lengthOfNumber(long number) {
        return number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : number < 1 << 21 ? 3 : 4;
    }
}
