package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.mqtt.client.TopicName;
import io.millrace.mqtt.table.MqttMetadata;
import io.millrace.mqtt.table.MqttTableFactory;
import io.millrace.mqtt.table.TopicTemplate;
import io.millrace.rule.RuleException;
import io.millrace.rule.operator.EmqxFunction;
import io.millrace.rule.payload.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A topic that a rule publishes to. The columns are {@code payload}, those that the topic names (
 * <code>alerts/${clientid}</code>) and, if the rule lists them, the metadata that a message can be
 * published with.
 *
 * <p>The rule gets a table of its own for it, under a name of its own, so that the job can read the
 * same topic too.
 */
final class TopicTarget implements Target {
    private final TopicNames.Found topic;
    private final List<Column> written;

    private TopicTarget(TopicNames.Found topic, List<Column> written) {
        this.topic = topic;
        this.written = written;
    }

    /**
     * Finds the columns.
     *
     * @throws RuleException if the rule lists others, or leaves out one that the topic names
     */
    static TopicTarget of(Rule rule, TopicNames.Found topic) {
        List<String> named = named(rule, topic.topic());
        Map<String, Column> columns = new LinkedHashMap<>();
        // EMQX's rules pass payloads on that are no text.
        DataType payload = rule.emqx().isPresent() ? DataTypes.BYTES() : DataTypes.STRING();
        columns.put(Topic.PAYLOAD, Column.physical(Topic.PAYLOAD, payload));
        Map<String, DataType> metadata = MqttMetadata.writable();
        for (String name : named) {
            if (!metadata.containsKey(name)) {
                columns.putIfAbsent(name, Column.physical(name, DataTypes.STRING()));
            }
        }
        List<Column> unlisted = new ArrayList<>(columns.values());
        metadata.forEach(
                (name, type) -> columns.put(name, Column.metadata(name, type, null, false)));
        named.stream()
                .filter(metadata::containsKey)
                .map(columns::get)
                .filter(column -> !unlisted.contains(column))
                .forEach(unlisted::add);
        if (rule.columns().isEmpty()) {
            return new TopicTarget(topic, unlisted);
        }
        List<Column> written =
                rule.columns().get().stream()
                        .map(name -> listed(rule, topic.topic(), columns, name))
                        .toList();
        for (String name : named) {
            if (!written.contains(columns.get(name))) {
                throw rule.statement()
                        .file()
                        .error(
                                rule.offset(rule.target()),
                                "Topic '%s' needs the column '%s'; add it to the columns that the rule writes."
                                        .formatted(topic.topic(), name));
            }
        }
        return new TopicTarget(topic, written);
    }

    private static List<String> named(Rule rule, String topic) {
        String problem = TopicName.problem(topic);
        if (problem != null) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.offset(rule.target()),
                            "'%s' cannot be written: %s. A target is one topic such as \"alerts/all\", or has columns in it as in \"alerts/${clientid}\"."
                                    .formatted(topic, problem));
        }
        try {
            return TopicTemplate.parse(topic).columns();
        } catch (IllegalArgumentException e) {
            throw rule.statement().file().error(rule.offset(rule.target()), e.getMessage(), e);
        }
    }

    private static Column listed(
            Rule rule, String topic, Map<String, Column> columns, SqlIdentifier name) {
        Column column = columns.get(name.getSimple());
        if (column == null) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.offset(name),
                            "Topic '%s' takes no column '%s'; there are %s.%s"
                                    .formatted(
                                            topic,
                                            name.getSimple(),
                                            String.join(", ", columns.keySet()),
                                            DidYouMean.hint(columns.keySet(), name.getSimple())));
        }
        return column;
    }

    @Override
    public List<Column> written() {
        return written;
    }

    @Override
    public Optional<String> connector() {
        return Optional.of(MqttTableFactory.IDENTIFIER);
    }

    @Override
    public boolean checksNumbers() {
        return false;
    }

    @Override
    public boolean keepsLetters() {
        return true;
    }

    @Override
    public boolean hasColumn(String name) {
        return written.stream().anyMatch(column -> column.getName().equals(name));
    }

    @Override
    public String register(
            Session session,
            Rule rule,
            List<Column> columns,
            List<LogicalType> types,
            boolean letters) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : written) {
            if (column instanceof Column.MetadataColumn) {
                schema.columnByMetadata(column.getName(), column.getDataType());
            } else {
                schema.column(column.getName(), column.getDataType());
            }
        }
        if (letters) {
            schema.columnByMetadata(
                    letterColumn(), DataTypes.STRING(), EmqxFunction.DEAD_LETTER, false);
        }
        Map<String, String> options = new LinkedHashMap<>(topic.table().getOptions());
        options.put("sink.rule", rule.name());
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(options.remove("connector")).schema(schema.build());
        options.forEach(table::option);
        ObjectIdentifier own =
                ObjectIdentifier.of(
                        session.tables().getCurrentCatalog(),
                        session.tables().getCurrentDatabase(),
                        topic.path().asSummaryString() + " of rule " + rule.name());
        session.tables().createTemporaryTable(own.asSerializableString(), table.build());
        return own.asSerializableString();
    }
}
