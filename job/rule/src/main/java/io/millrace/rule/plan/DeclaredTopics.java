package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.mqtt.catalog.MqttCatalog;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.TopicDeclaration;
import io.millrace.rule.payload.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The topics that the settings declare. Each becomes a table under the topic's name in its
 * connection, so that DESCRIBE shows it: the payload with its members, all metadata, and the event
 * time as a column of its own, since Flink takes watermarks of top-level columns only.
 */
final class DeclaredTopics {
    private static final String MILLISECOND = "millisecond";

    /** Flink's bound for event times. */
    private static final int PRECISION = 3;

    private final Session session;
    private final Map<ObjectIdentifier, TopicDeclaration> declared = new LinkedHashMap<>();

    DeclaredTopics(Session session) {
        this.session = session;
    }

    Optional<TopicDeclaration> get(ObjectIdentifier path) {
        return Optional.ofNullable(declared.get(path));
    }

    /** The names of all. */
    List<String> names() {
        return declared.keySet().stream().map(ObjectIdentifier::getObjectName).toList();
    }

    /** Makes the table of a topic. */
    void declare(TopicDeclaration topic) {
        try {
            TopicFilter.parse(topic.topic());
        } catch (IllegalArgumentException e) {
            throw topic.error(null, e.getMessage(), e);
        }
        MqttCatalog catalog = connection(topic);
        ObjectIdentifier path =
                ObjectIdentifier.of(catalog.getName(), catalog.getDefaultDatabase(), topic.topic());
        CatalogTable base = base(catalog, path.toObjectPath());
        LogicalType payload = payload(topic);
        Map<String, String> options = new LinkedHashMap<>(base.getOptions());
        options.put("format", format(topic, payload));
        TableDescriptor.Builder table =
                TableDescriptor.forConnector(options.remove("connector"))
                        .schema(schema(topic, base, payload))
                        .comment("MQTT topic " + topic.topic() + ", declared in the settings");
        options.forEach(table::option);
        try {
            session.tables().createTable(path.asSerializableString(), table.build());
        } catch (RuntimeException e) {
            throw topic.error(null, Session.rootMessage(e), e);
        }
        declared.put(path, topic);
    }

    private MqttCatalog connection(TopicDeclaration topic) {
        Map<String, MqttCatalog> connections = new LinkedHashMap<>();
        for (String name : session.tables().listCatalogs()) {
            if (session.tables().getCatalog(name).orElse(null) instanceof MqttCatalog mqtt) {
                connections.put(name, mqtt);
            }
        }
        if (topic.connection().isPresent()) {
            String name = topic.connection().get();
            MqttCatalog found = connections.get(name);
            if (found == null) {
                throw topic.error(
                        "connection",
                        "There is no connection '%s' of type 'mqtt'; there are %s.%s"
                                .formatted(
                                        name,
                                        connections.isEmpty()
                                                ? "none"
                                                : String.join(", ", connections.keySet()),
                                        DidYouMean.hint(connections.keySet(), name)),
                        null);
            }
            return found;
        }
        if (connections.size() != 1) {
            throw topic.error(
                    null,
                    connections.isEmpty()
                            ? "There is no connection of type 'mqtt'. Give --mqtt-url or a connection in the settings file."
                            : "The topic could be of the connections %s. Name one with 'connection'."
                                    .formatted(String.join(", ", connections.keySet())),
                    null);
        }
        return connections.values().iterator().next();
    }

    private static CatalogTable base(MqttCatalog catalog, ObjectPath path) {
        try {
            return (CatalogTable) catalog.getTable(path);
        } catch (TableNotExistException e) {
            throw new IllegalStateException("Each topic filter is a table", e);
        }
    }

    private LogicalType payload(TopicDeclaration topic) {
        if (topic.payload().isPresent()) {
            return type(topic, "payload", topic.payload().get());
        }
        List<RowType.RowField> members = new ArrayList<>();
        topic.columns()
                .forEach(
                        (name, type) ->
                                members.add(
                                        new RowType.RowField(
                                                name, type(topic, "columns." + name, type))));
        return new RowType(members);
    }

    private LogicalType type(TopicDeclaration topic, String key, String type) {
        try {
            return session.type(type);
        } catch (RuntimeException e) {
            throw topic.error(
                    key,
                    "'%s' is no type such as DOUBLE, STRING or TIMESTAMP_LTZ(3): %s"
                            .formatted(type, Session.rootMessage(e)),
                    e);
        }
    }

    private static String format(TopicDeclaration topic, LogicalType payload) {
        boolean text =
                payload.is(LogicalTypeFamily.CHARACTER_STRING)
                        || payload.is(LogicalTypeFamily.BINARY_STRING);
        return topic.format()
                .map(format -> format.equals("json") ? "payload-json" : format)
                .orElse(text ? "raw" : "payload-json");
    }

    private Schema schema(TopicDeclaration topic, CatalogTable base, LogicalType payload) {
        Schema.Builder schema = Schema.newBuilder();
        List<String> metadata = new ArrayList<>();
        for (Schema.UnresolvedColumn column : base.getUnresolvedSchema().getColumns()) {
            if (column.getName().equals(Topic.PAYLOAD)) {
                schema.column(Topic.PAYLOAD, DataTypes.of(payload));
            } else {
                metadata.add(column.getName());
                schema.fromColumns(List.of(column));
            }
        }
        if (topic.eventTime().isEmpty()) {
            if (topic.watermark().isPresent()) {
                throw topic.error(
                        "watermark", "A watermark needs an 'event-time', and none is given.", null);
            }
            return schema.build();
        }
        String time = topic.eventTime().get();
        if (!metadata.contains(time)) {
            schema.columnByExpression(time, eventTime(topic, time));
        } else if (topic.columns().containsKey(time)) {
            throw topic.error(
                    "event-time",
                    "'%s' is a member and a metadata column, and would be two columns of one name."
                            .formatted(time),
                    null);
        }
        schema.watermark(
                time,
                topic.watermark()
                        .orElse("%s - INTERVAL '0.001' SECOND".formatted(Session.quoted(time))));
        return schema.build();
    }

    /** The event time as an expression of a type that Flink takes. */
    private String eventTime(TopicDeclaration topic, String time) {
        String text = topic.columns().get(time);
        if (text == null) {
            throw topic.error(
                    "event-time",
                    "There is no member '%s' in 'columns'; there are %s.%s"
                            .formatted(
                                    time,
                                    String.join(", ", topic.columns().keySet()),
                                    DidYouMean.hint(topic.columns().keySet(), time)),
                    null);
        }
        if (time.equals(Topic.PAYLOAD)) {
            throw topic.error("event-time", "A member called 'payload' cannot be it.", null);
        }
        LogicalType type = type(topic, "columns." + time, text);
        String member = Session.quoted(Topic.PAYLOAD) + "." + Session.quoted(time);
        if (type.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return "CAST(to_ts(CAST(%s AS BIGINT), '%s') AS TIMESTAMP_LTZ(%d))"
                    .formatted(member, topic.timeUnit().orElse(MILLISECOND), PRECISION);
        }
        if (topic.timeUnit().isPresent()) {
            throw topic.error(
                    "time-unit",
                    "A unit is for an event time that is a whole number, and '%s' is %s."
                            .formatted(time, type.asSummaryString()),
                    null);
        }
        if (!type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                && !type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            throw topic.error(
                    "event-time",
                    "Member '%s' is %s; an event time is TIMESTAMP_LTZ(3), TIMESTAMP(3) or a whole number with 'time-unit'."
                            .formatted(time, type.asSummaryString()),
                    null);
        }
        return LogicalTypeChecks.getPrecision(type) <= PRECISION
                ? member
                : "CAST(%s AS %s(%d))"
                        .formatted(
                                member,
                                type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                                        ? "TIMESTAMP"
                                        : "TIMESTAMP_LTZ",
                                PRECISION);
    }
}
