package io.millrace.rule.operator;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/**
 * The columns of a topic table that {@link EmqxFunction} takes, in the order of its arguments. What
 * a rule does not read it gets as NULL, and the topic table does not produce it. It is the order in
 * which the table's source gives them, which spares the planner a projection.
 */
public enum MessageInput {
    TOPIC("topic", DataTypes.STRING().bridgedTo(StringData.class)),
    CLIENTID("clientid", DataTypes.STRING().bridgedTo(StringData.class)),
    QOS("qos", DataTypes.INT()),
    RETAIN("retain", DataTypes.BOOLEAN()),
    RECEIVED_AT("received_at", DataTypes.TIMESTAMP_LTZ(3).bridgedTo(TimestampData.class)),
    MESSAGE_ID("message_id", DataTypes.INT()),
    DUP("dup", DataTypes.BOOLEAN()),
    RAW_PAYLOAD("raw_payload", DataTypes.BYTES()),
    USER_PROPERTIES(
            "user_properties",
            DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()).bridgedTo(MapData.class)),
    CONTENT_TYPE("content_type", DataTypes.STRING().bridgedTo(StringData.class)),
    RESPONSE_TOPIC("response_topic", DataTypes.STRING().bridgedTo(StringData.class)),
    CORRELATION_DATA("correlation_data", DataTypes.BYTES()),
    MESSAGE_EXPIRY("message_expiry", DataTypes.BIGINT());

    private final String column;
    private final DataType type;

    MessageInput(String column, DataType type) {
        this.column = column;
        this.type = type;
    }

    /** The name of the column. */
    public String column() {
        return column;
    }

    /** The column's type, as the function takes it. */
    public DataType type() {
        return type;
    }
}
