package io.millrace.mqtt.table;

import io.millrace.mqtt.client.ReceivedMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** The metadata columns. */
public enum MqttMetadata {
    TOPIC("topic", DataTypes.STRING().notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(message.topic());
        }
    },
    CLIENTID("clientid", DataTypes.STRING()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(clientIdFrom.of(message));
        }
    },
    QOS("qos", DataTypes.INT().notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.qos();
        }
    },
    RETAIN("retain", DataTypes.BOOLEAN().notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.retained();
        }
    },
    RECEIVED_AT("received_at", DataTypes.TIMESTAMP_LTZ(3).notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return TimestampData.fromEpochMillis(message.receivedAt());
        }
    },
    /** The packet id; NULL with QoS 0, which has none. */
    MESSAGE_ID("message_id", DataTypes.INT()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.packetId() == 0 ? null : message.packetId();
        }
    },
    /** Of a name that comes twice the first value counts. */
    USER_PROPERTIES("user_properties", DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING())) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            Map<StringData, StringData> map = new HashMap<>();
            for (Map.Entry<String, String> property : message.properties().userProperties()) {
                map.putIfAbsent(
                        StringData.fromString(property.getKey()),
                        StringData.fromString(property.getValue()));
            }
            return new GenericMapData(map);
        }
    },
    CONTENT_TYPE("content_type", DataTypes.STRING()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(message.properties().contentType());
        }
    },
    RESPONSE_TOPIC("response_topic", DataTypes.STRING()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(message.properties().responseTopic());
        }
    },
    CORRELATION_DATA("correlation_data", DataTypes.BYTES()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.properties().correlationData();
        }
    },
    /** Seconds. */
    MESSAGE_EXPIRY("message_expiry", DataTypes.BIGINT()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.properties().messageExpiry();
        }
    };

    private final String key;
    private final DataType type;

    MqttMetadata(String key, DataType type) {
        this.key = key;
        this.type = type;
    }

    /** The column's name. */
    public String key() {
        return key;
    }

    /** The column's type. */
    public DataType type() {
        return type;
    }

    /** The column's value in Flink's internal form; may be null. */
    abstract Object read(ReceivedMessage message, ClientIdFrom clientIdFrom);

    /** All columns in their order. */
    public static Map<String, DataType> all() {
        Map<String, DataType> all = new LinkedHashMap<>();
        for (MqttMetadata metadata : values()) {
            all.put(metadata.key, metadata.type);
        }
        return all;
    }

    static MqttMetadata of(String key) {
        for (MqttMetadata metadata : values()) {
            if (metadata.key.equals(key)) {
                return metadata;
            }
        }
        throw new IllegalArgumentException("There is no metadata column '" + key + "'.");
    }
}
