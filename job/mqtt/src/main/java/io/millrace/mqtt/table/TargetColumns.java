package io.millrace.mqtt.table;

import io.millrace.common.DidYouMean;
import io.millrace.common.Problems;
import io.millrace.mqtt.client.ProtocolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns of a table that is written, checked against its options. */
final class TargetColumns {
    private final Problems problems;

    /** All that are written, by name. */
    private final Map<String, LogicalType> types = new LinkedHashMap<>();

    private final Map<String, Column> physical = new LinkedHashMap<>();

    /** The names of metadata columns by key. */
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private TargetColumns(Problems problems) {
        this.problems = problems;
    }

    static TargetColumns of(ResolvedSchema schema, Problems problems) {
        TargetColumns columns = new TargetColumns(problems);
        for (Column column : schema.getColumns()) {
            if (!column.isPersisted()) {
                continue;
            }
            columns.types.put(column.getName(), column.getDataType().getLogicalType());
            if (column instanceof Column.MetadataColumn meta) {
                columns.metadata.put(
                        meta.getMetadataKey().orElse(column.getName()), column.getName());
            } else {
                columns.physical.put(column.getName(), column);
            }
        }
        return columns;
    }

    /** The names of the metadata columns that are written, by the keys of their metadata. */
    Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The payload column if it alone is the payload: if besides it there are only physical columns
     * that the topic names.
     */
    Optional<Column> payload(String name, TopicTemplate topic) {
        List<String> others = new ArrayList<>(physical.keySet());
        boolean hasPayload = others.remove(name);
        return hasPayload && (topic == null || topic.columns().containsAll(others))
                ? Optional.of(physical.get(name))
                : Optional.empty();
    }

    /** Reads the topic; null, with a problem, if it is missing or wrong. */
    TopicTemplate topic(String text) {
        if (text == null) {
            problems.add(
                    "Option 'topic' is missing: where is to be published? Give a topic such as alerts/all, or a template such as alerts/${clientid}.");
            return null;
        }
        TopicTemplate topic;
        try {
            topic = TopicTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add("Option 'topic': " + e.getMessage());
            return null;
        }
        topic.columns().stream().distinct().forEach(column -> check(column, text));
        return topic;
    }

    private void check(String column, String topic) {
        LogicalType type = types.get(column);
        if (type == null) {
            problems.add(
                    "Option 'topic' is '"
                            + topic
                            + "', and the table has no column '"
                            + column
                            + "' that is written; there are "
                            + String.join(", ", types.keySet())
                            + "."
                            + DidYouMean.hint(types.keySet(), column));
            return;
        }
        switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> {}
            default ->
                    problems.add(
                            "Option 'topic' is '"
                                    + topic
                                    + "', and column '"
                                    + column
                                    + "' is "
                                    + type.asSummaryString()
                                    + "; a topic takes texts, whole numbers and BOOLEAN. Convert it to STRING in the query.");
        }
    }

    /** MQTT 3.1.1 has no properties. */
    void requireVersion(ProtocolVersion version) {
        if (version == ProtocolVersion.V5) {
            return;
        }
        for (MqttMetadata column : MqttMetadata.values()) {
            String name = metadata.get(column.key());
            problems.require(
                    name == null || !column.isWritable() || !column.isOfVersion5(),
                    "Metadata column '"
                            + name
                            + "' needs MQTT 5, and 'protocol-version' is '"
                            + version
                            + "', which has no properties. Leave one of the two out.");
        }
    }
}
