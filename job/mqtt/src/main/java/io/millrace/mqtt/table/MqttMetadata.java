package io.millrace.mqtt.table;

import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.ReceivedMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
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

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.topic(row.getString(at).toString());
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

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.qos(row.getInt(at));
        }
    },
    RETAIN("retain", DataTypes.BOOLEAN().notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.retained();
        }

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.retain(row.getBoolean(at));
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
    /** Whether the broker says that it sends the message again. */
    DUP("dup", DataTypes.BOOLEAN().notNull()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.repeated();
        }
    },
    /**
     * The payload as it came, whatever it is decoded to; NULL in all rows of a message but the
     * first.
     */
    RAW_PAYLOAD("raw_payload", DataTypes.BYTES()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.payload();
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

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            MapData properties = row.getMap(at);
            ArrayData names = properties.keyArray();
            ArrayData values = properties.valueArray();
            for (int i = 0; i < properties.size(); i++) {
                if (!names.isNullAt(i) && !values.isNullAt(i)) {
                    message.replaceUserProperty(
                            names.getString(i).toString(), values.getString(i).toString());
                }
            }
        }
    },
    CONTENT_TYPE("content_type", DataTypes.STRING()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(message.properties().contentType());
        }

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.contentType(row.getString(at).toString());
        }
    },
    RESPONSE_TOPIC("response_topic", DataTypes.STRING()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return StringData.fromString(message.properties().responseTopic());
        }

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.responseTopic(row.getString(at).toString());
        }
    },
    CORRELATION_DATA("correlation_data", DataTypes.BYTES()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.properties().correlationData();
        }

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.correlationData(row.getBinary(at));
        }
    },
    /** Seconds. */
    MESSAGE_EXPIRY("message_expiry", DataTypes.BIGINT()) {
        @Override
        Object read(ReceivedMessage message, ClientIdFrom clientIdFrom) {
            return message.properties().messageExpiry();
        }

        @Override
        void write(RowData row, int at, OutgoingMessage.Builder message) {
            message.messageExpiry(row.getLong(at));
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

    /**
     * Puts a row's value, which is not null, into a message; for those that are {@linkplain
     * #isWritable() writable}.
     */
    void write(RowData row, int at, OutgoingMessage.Builder message) {
        throw new UnsupportedOperationException(key);
    }

    /** Whether a message can be published with it. */
    public boolean isWritable() {
        return switch (this) {
            case CLIENTID, RECEIVED_AT, MESSAGE_ID, DUP, RAW_PAYLOAD -> false;
            default -> true;
        };
    }

    /** Whether only MQTT 5 has it. */
    boolean isOfVersion5() {
        return ordinal() >= USER_PROPERTIES.ordinal();
    }

    /** Those that can be written, in their order; NULL leaves the option in force. */
    public static Map<String, DataType> writable() {
        Map<String, DataType> writable = new LinkedHashMap<>();
        for (MqttMetadata metadata : values()) {
            if (metadata.isWritable()) {
                writable.put(metadata.key, metadata.type.nullable());
            }
        }
        return writable;
    }

    /** Those that each topic table has, in their order. */
    public static Map<String, DataType> all() {
        Map<String, DataType> all = readable();
        all.keySet().removeAll(forRawPayload().keySet());
        return all;
    }

    /** Those that a topic table has besides for who decodes payloads without the table's help. */
    public static Map<String, DataType> forRawPayload() {
        return Map.of(DUP.key, DUP.type, RAW_PAYLOAD.key, RAW_PAYLOAD.type);
    }

    /** Those that a table can have: also what few want, in their order. */
    static Map<String, DataType> readable() {
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
