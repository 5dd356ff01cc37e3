package io.millrace.mqtt.table;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.sink.MessageEncoder;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes a message of a row, which holds the physical columns and then the written metadata columns.
 * A metadata column that is NULL leaves the option in force.
 */
final class RowEncoder implements MessageEncoder<RowData> {
    private static final long serialVersionUID = 1L;

    private final PayloadBytes payload;
    private final RowTopic topic;
    private final MqttMetadata[] metadata;
    private final RowType rowType;

    /** Where the metadata columns begin. */
    private final int physicalColumns;

    /** Where a dead letter stands if the row is one; -1 if none is. */
    private final int letter;

    /**
     * @param rowType of all columns but for the letter
     * @param takesLetters whether a column more says that the row is a dead letter
     */
    RowEncoder(
            PayloadBytes payload,
            RowTopic topic,
            List<MqttMetadata> metadata,
            RowType rowType,
            boolean takesLetters) {
        this.payload = payload;
        this.topic = topic;
        this.metadata = metadata.toArray(MqttMetadata[]::new);
        this.rowType = rowType;
        this.physicalColumns = rowType.getFieldCount() - this.metadata.length;
        this.letter = takesLetters ? rowType.getFieldCount() : -1;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context) throws Exception {
        payload.open(context);
    }

    @Override
    public void encode(RowData row, OutgoingMessage.Builder message) {
        boolean ownTopic = false;
        for (int i = 0; i < metadata.length; i++) {
            if (!row.isNullAt(physicalColumns + i)) {
                metadata[i].write(row, physicalColumns + i, message);
                ownTopic |= metadata[i] == MqttMetadata.TOPIC;
            }
        }
        if (!ownTopic) {
            message.topic(topic.of(row));
        }
        message.payload(payload.of(row));
    }

    @Override
    public DeadLetter deadLetter(RowData row) {
        return letter < 0 || row.isNullAt(letter)
                ? null
                : DeadLetter.parse(row.getString(letter).toString());
    }

    @Override
    public Map<String, Object> describe(RowData row) {
        return Map.of("row", PlainRow.of(row, rowType));
    }
}
