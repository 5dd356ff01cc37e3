package io.millrace.mqtt.table;

import io.millrace.mqtt.format.PayloadJsonEncoding;
import io.millrace.mqtt.sink.MqttSink;
import io.millrace.mqtt.sink.MqttSinkSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * What the planner knows of an MQTT table that is written. If besides the payload column there are
 * only physical columns that the topic template names, the payload is that column; else the format
 * encodes all physical columns together.
 *
 * <p>Beside what a message has there is the metadata column {@code dead_letter}: a row in which it
 * is not NULL is kept as that letter.
 */
final class MqttTableSink implements DynamicTableSink, SupportsWritingMetadata {
    private static final String DEAD_LETTER = "dead_letter";

    private final MqttSinkSettings settings;
    private final TopicTemplate topic;
    private final EncodingFormat<SerializationSchema<RowData>> format;
    private final DataType physicalType;
    private final String payloadColumn;
    private final Map<String, String> metadataColumns;
    private final Integer parallelism;

    // What the planner asks for.
    private List<String> metadataKeys = List.of();

    /**
     * @param payloadColumn the column that alone is the payload; null if all physical ones are
     * @param metadataColumns names of the columns that are written, by the keys of their metadata
     * @param parallelism null for that of the job
     */
    MqttTableSink(
            MqttSinkSettings settings,
            TopicTemplate topic,
            EncodingFormat<SerializationSchema<RowData>> format,
            DataType physicalType,
            String payloadColumn,
            Map<String, String> metadataColumns,
            Integer parallelism) {
        this.settings = settings;
        this.topic = topic;
        this.format = format;
        this.physicalType = physicalType;
        this.payloadColumn = payloadColumn;
        this.metadataColumns = metadataColumns;
        this.parallelism = parallelism;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return format.getChangelogMode();
    }

    @Override
    public Map<String, DataType> listWritableMetadata() {
        Map<String, DataType> metadata = new LinkedHashMap<>(MqttMetadata.writable());
        metadata.put(DEAD_LETTER, DataTypes.STRING());
        return metadata;
    }

    @Override
    public void applyWritableMetadata(List<String> keys, DataType consumedType) {
        this.metadataKeys = List.copyOf(keys);
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        // The planner keeps their order: the letter is the last.
        List<MqttMetadata> metadata =
                metadataKeys.stream()
                        .filter(key -> !key.equals(DEAD_LETTER))
                        .map(MqttMetadata::of)
                        .toList();
        List<RowType.RowField> fields =
                new ArrayList<>(((RowType) physicalType.getLogicalType()).getFields());
        for (MqttMetadata column : metadata) {
            fields.add(
                    new RowType.RowField(
                            metadataColumns.get(column.key()),
                            column.type().getLogicalType().copy(true)));
        }
        Map<String, RowData.FieldGetter> getters = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            RowType.RowField field = fields.get(i);
            getters.put(field.getName(), RowData.createFieldGetter(field.getType(), i));
        }
        RowEncoder encoder =
                new RowEncoder(
                        payload(context),
                        RowTopic.of(topic, getters),
                        metadata,
                        new RowType(fields),
                        metadataKeys.contains(DEAD_LETTER));
        return SinkV2Provider.of(new MqttSink<>(settings, encoder), parallelism);
    }

    private PayloadBytes payload(Context context) {
        List<String> names = DataType.getFieldNames(physicalType);
        List<DataType> types = DataType.getFieldDataTypes(physicalType);
        if (payloadColumn == null) {
            List<RowData.FieldGetter> getters = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                getters.add(RowData.createFieldGetter(types.get(i).getLogicalType(), i));
            }
            return new PayloadBytes.Columns(
                    format.createRuntimeEncoder(context, physicalType), getters);
        }
        int at = names.indexOf(payloadColumn);
        DataType type = types.get(at);
        RowData.FieldGetter getter = RowData.createFieldGetter(type.getLogicalType(), at);
        if (type.getLogicalType().is(LogicalTypeRoot.ROW)) {
            return new PayloadBytes.RowColumn(format.createRuntimeEncoder(context, type), getter);
        }
        // Other formats take rows only; to 'raw' and 'csv' a row with one field is that field.
        DataType only = DataTypes.ROW(DataTypes.FIELD(payloadColumn, type)).notNull();
        return new PayloadBytes.Columns(
                format.createRuntimeEncoder(
                        context, format instanceof PayloadJsonEncoding ? type : only),
                List.of(getter));
    }

    @Override
    public DynamicTableSink copy() {
        MqttTableSink copy =
                new MqttTableSink(
                        settings,
                        topic,
                        format,
                        physicalType,
                        payloadColumn,
                        metadataColumns,
                        parallelism);
        copy.metadataKeys = metadataKeys;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "MQTT " + topic.text();
    }
}
