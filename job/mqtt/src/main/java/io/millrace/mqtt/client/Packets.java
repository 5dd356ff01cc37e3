package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.References;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds the packets of a client, and reads properties of those of a broker. Stateless. */
final class Packets {
    /** The longest packet that the protocol knows; asking for it asks for nothing. */
    private static final int LONGEST_PACKET = 268_435_455;

    private Packets() {}

    static MqttConnectMessage connect(
            ConnectionSettings settings, String clientId, NettyConnection.Session session) {
        boolean v5 = settings.version() == ProtocolVersion.V5;
        MqttMessageBuilders.ConnectBuilder connect =
                MqttMessageBuilders.connect()
                        .protocolVersion(v5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1)
                        .clientId(clientId)
                        .cleanSession(session.cleanStart())
                        .keepAlive(settings.keepAliveSeconds());
        if (settings.username() != null) {
            connect.username(References.resolve(settings.username()));
        }
        if (settings.password() != null) {
            connect.password(settings.password().reveal().getBytes(UTF_8));
        }
        if (v5) {
            connect.properties(connectProperties(settings, session));
        }
        return connect.build();
    }

    private static MqttProperties connectProperties(
            ConnectionSettings settings, NettyConnection.Session session) {
        MqttProperties properties = new MqttProperties();
        add(properties, MqttPropertyType.SESSION_EXPIRY_INTERVAL, (int) session.expirySeconds());
        if (session.receiveMaximum() > 0) {
            // Also if it is the protocol's default: Mosquitto takes its own then.
            add(properties, MqttPropertyType.RECEIVE_MAXIMUM, session.receiveMaximum());
        }
        if (settings.maxPacketSize() < LONGEST_PACKET) {
            add(properties, MqttPropertyType.MAXIMUM_PACKET_SIZE, settings.maxPacketSize());
        }
        return properties;
    }

    static MqttMessage subscribe(int packetId, Subscription asked) {
        MqttSubscriptionOption option =
                new MqttSubscriptionOption(
                        MqttQoS.valueOf(asked.qos()),
                        false,
                        // Only what was stored on its topic carries the flag then, as with 3.1.1.
                        false,
                        RetainedHandlingPolicy.valueOf(asked.retained().code()));
        return MqttMessageBuilders.subscribe()
                .messageId(packetId)
                .addSubscription(asked.filter(), option)
                .build();
    }

    static MqttMessage unsubscribe(int packetId, String filter) {
        return MqttMessageBuilders.unsubscribe().messageId(packetId).addTopicFilter(filter).build();
    }

    /** DISCONNECT; MQTT 3.1.1 has neither a code nor an expiry. */
    static MqttMessage disconnect(ProtocolVersion version, int code, boolean endSession) {
        if (version != ProtocolVersion.V5 || (code == 0 && !endSession)) {
            return MqttMessage.DISCONNECT;
        }
        MqttProperties properties = new MqttProperties();
        if (endSession) {
            add(properties, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0);
        }
        return MqttMessageBuilders.disconnect()
                .reasonCode((byte) code)
                .properties(properties)
                .build();
    }

    /** What CONNACK says, and of what it leaves out, what the protocol or CONNECT says. */
    static NettyConnection.Accepted accepted(
            MqttConnAckVariableHeader answer,
            ConnectionSettings settings,
            long askedExpiry,
            String address) {
        MqttProperties properties = answer.properties();
        return new NettyConnection.Accepted(
                answer.isSessionPresent(),
                (int)
                        number(
                                properties,
                                MqttPropertyType.SERVER_KEEP_ALIVE,
                                settings.keepAliveSeconds()),
                number(properties, MqttPropertyType.SESSION_EXPIRY_INTERVAL, askedExpiry),
                (int) number(properties, MqttPropertyType.RECEIVE_MAXIMUM, 65_535),
                number(properties, MqttPropertyType.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
                (int) number(properties, MqttPropertyType.MAXIMUM_QOS, 2),
                number(properties, MqttPropertyType.RETAIN_AVAILABLE, 1) == 1,
                address);
    }

    /** A number of one, two or four bytes. */
    static long number(MqttProperties properties, MqttPropertyType type, long otherwise) {
        MqttProperty<?> property = properties.getProperty(type.value());
        return property == null ? otherwise : Integer.toUnsignedLong((Integer) property.value());
    }

    /** A text, or null. */
    static String text(MqttProperties properties, MqttPropertyType type) {
        MqttProperty<?> property = properties.getProperty(type.value());
        return property == null ? null : (String) property.value();
    }

    /** What a message carries, as far as it concerns the receiver. */
    static MessageProperties messageProperties(MqttProperties properties) {
        if (properties.isEmpty()) {
            return MessageProperties.NONE;
        }
        List<Map.Entry<String, String>> user = new ArrayList<>();
        for (MqttProperty<?> property :
                properties.getProperties(MqttPropertyType.USER_PROPERTY.value())) {
            StringPair pair = ((UserProperty) property).value();
            user.add(Map.entry(pair.key, pair.value));
        }
        String contentType = text(properties, MqttPropertyType.CONTENT_TYPE);
        String responseTopic = text(properties, MqttPropertyType.RESPONSE_TOPIC);
        MqttProperty<?> correlation =
                properties.getProperty(MqttPropertyType.CORRELATION_DATA.value());
        long expiry = number(properties, MqttPropertyType.PUBLICATION_EXPIRY_INTERVAL, -1);
        if (user.isEmpty()
                && contentType == null
                && responseTopic == null
                && correlation == null
                && expiry < 0) {
            return MessageProperties.NONE;
        }
        return new MessageProperties(
                user,
                contentType,
                responseTopic,
                correlation == null ? null : (byte[]) correlation.value(),
                expiry < 0 ? null : Long.valueOf(expiry));
    }

    private static void add(MqttProperties properties, MqttPropertyType type, int value) {
        properties.add(new IntegerProperty(type.value(), value));
    }
}
