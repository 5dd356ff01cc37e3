package io.millrace.rule.plan;

import io.millrace.mqtt.catalog.MqttCatalog;
import io.millrace.rule.RuleException;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.RuleHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * The topics that the rules of a job read. Each becomes one temporary table, so that all rules
 * share one subscription; its payload column has the type that the rules together ask for.
 */
final class TopicTables {
    private static final String RECEIVED_AT = "received_at";

    /** A topic with what is needed to make its table. */
    private static final class Entry {
        final ObjectIdentifier path;
        final CatalogTable base;
        final Topic topic;
        final List<String> rules = new ArrayList<>();
        Rule schemaOf;
        RuleHeader.Value schema;
        Optional<String> format = Optional.empty();
        boolean watermark;

        Entry(ObjectIdentifier path, CatalogTable base, Topic topic) {
            this.path = path;
            this.base = base;
            this.topic = topic;
        }
    }

    private final Session session;
    private final Map<ObjectIdentifier, Entry> entries = new LinkedHashMap<>();

    TopicTables(Session session) {
        this.session = session;
    }

    /** The topic that a name in a rule's FROM means; empty if it is an ordinary table. */
    Optional<Topic> find(Rule rule, SqlIdentifier name) {
        ObjectIdentifier path = Session.qualify(name.names, rule.catalog(), rule.database());
        Entry known = entries.get(path);
        if (known == null) {
            Optional<CatalogTable> base = topicTable(rule, name, path);
            if (base.isEmpty()) {
                return Optional.empty();
            }
            known = new Entry(path, base.get(), topic(path, base.get()));
            refuseSecondName(rule, name, known);
            entries.put(path, known);
        }
        if (!known.rules.contains(rule.name())) {
            known.rules.add(rule.name());
            header(rule, known);
        }
        return Optional.of(known.topic);
    }

    /** Two tables of one topic would be two sessions with one client id that cut each other off. */
    private void refuseSecondName(Rule rule, SqlIdentifier name, Entry added) {
        for (Entry other : entries.values()) {
            if (other.base.getOptions().equals(added.base.getOptions())) {
                throw rule.statement()
                        .file()
                        .error(
                                rule.offset(name),
                                "Topic '%s' is also read as %s. Write it the same way in all rules of a job."
                                        .formatted(
                                                added.topic.filter(),
                                                other.path.asSerializableString()));
            }
        }
    }

    private Optional<CatalogTable> topicTable(
            Rule rule, SqlIdentifier name, ObjectIdentifier path) {
        Optional<Catalog> catalog = session.tables().getCatalog(path.getCatalogName());
        if (catalog.orElse(null) instanceof MqttCatalog mqtt) {
            return read(mqtt, path.toObjectPath());
        }
        boolean quoted = name.isSimple() && name.isComponentQuoted(0);
        if (!quoted || exists(path, catalog)) {
            return Optional.empty();
        }
        MqttCatalog mqtt = onlyConnection(rule, name);
        return read(mqtt, new ObjectPath(mqtt.getDefaultDatabase(), path.getObjectName()));
    }

    private boolean exists(ObjectIdentifier path, Optional<Catalog> catalog) {
        return catalog.isPresent() && catalog.get().tableExists(path.toObjectPath())
                || List.of(session.tables().listTemporaryTables()).contains(path.getObjectName())
                        && !entries.containsKey(path);
    }

    /** The table of a topic; empty if the user has created a table of that name. */
    private static Optional<CatalogTable> read(MqttCatalog catalog, ObjectPath path) {
        try {
            return catalog.tableExists(path)
                    ? Optional.empty()
                    : Optional.of((CatalogTable) catalog.getTable(path));
        } catch (TableNotExistException e) {
            return Optional.empty();
        }
    }

    private MqttCatalog onlyConnection(Rule rule, SqlIdentifier name) {
        List<String> names = new ArrayList<>();
        MqttCatalog found = null;
        for (String catalog : session.tables().listCatalogs()) {
            if (session.tables().getCatalog(catalog).orElse(null) instanceof MqttCatalog mqtt) {
                names.add(catalog);
                found = mqtt;
            }
        }
        if (names.size() != 1) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.offset(name),
                            names.isEmpty()
                                    ? "Topic '%s' cannot be read: there is no connection of type 'mqtt'. Give --mqtt-url or a connection in the settings file."
                                            .formatted(name.getSimple())
                                    : "Topic '%s' could come from the connections %s. Write `%s`.`default`.`%s`."
                                            .formatted(
                                                    name.getSimple(),
                                                    String.join(", ", names),
                                                    names.get(0),
                                                    name.getSimple()));
        }
        return found;
    }

    private static Topic topic(ObjectIdentifier path, CatalogTable base) {
        Map<String, LogicalType> columns = new LinkedHashMap<>();
        for (Schema.UnresolvedColumn column : base.getUnresolvedSchema().getColumns()) {
            if (column instanceof Schema.UnresolvedMetadataColumn metadata
                    && metadata.getDataType() instanceof DataType type) {
                columns.put(column.getName(), type.getLogicalType());
            }
        }
        return new Topic(path.getObjectName(), columns);
    }

    private void header(Rule rule, Entry entry) {
        RuleHeader header = rule.statement().header();
        header.get(RuleHeader.Key.FORMAT)
                .ifPresent(format -> entry.format = Optional.of(format.text()));
        header.get(RuleHeader.Key.SCHEMA)
                .ifPresent(
                        schema -> {
                            if (entry.schema != null
                                    && !entry.schema.text().equals(schema.text())) {
                                throw rule.statement()
                                        .file()
                                        .error(
                                                schema.offset(),
                                                "Rule '%s' gives topic '%s' another schema: %s. One topic has one schema in a job."
                                                        .formatted(
                                                                entry.schemaOf.name(),
                                                                entry.topic.filter(),
                                                                entry.schema.text()));
                            }
                            entry.schema = schema;
                            entry.schemaOf = rule;
                        });
        String query = rule.queryText();
        entry.watermark |=
                query.contains(RECEIVED_AT)
                        && query.toUpperCase(Locale.ROOT)
                                .matches("(?s).*\\b(DESCRIPTOR|OVER|MATCH_RECOGNIZE|JOIN)\\b.*");
    }

    /** Makes the tables. Called when the uses of all rules are noted. */
    List<String> register() {
        List<String> described = new ArrayList<>();
        for (Entry entry : entries.values()) {
            LogicalType payload = payloadType(entry);
            Map<String, String> options = new LinkedHashMap<>(entry.base.getOptions());
            boolean text =
                    payload.is(LogicalTypeFamily.CHARACTER_STRING)
                            || payload.is(LogicalTypeFamily.BINARY_STRING);
            String format =
                    entry.format
                            .map(f -> f.equals("json") ? "payload-json" : f)
                            .orElse(text ? "raw" : "payload-json");
            options.put("format", format);
            options.put("scan.rules", String.join(",", entry.rules));
            Schema.Builder schema = Schema.newBuilder();
            for (Schema.UnresolvedColumn column : entry.base.getUnresolvedSchema().getColumns()) {
                if (column.getName().equals(Topic.PAYLOAD)) {
                    schema.column(Topic.PAYLOAD, DataTypes.of(payload));
                } else {
                    schema.fromColumns(List.of(column));
                }
            }
            if (entry.watermark) {
                schema.watermark(RECEIVED_AT, RECEIVED_AT + " - INTERVAL '0.001' SECOND");
            }
            TableDescriptor.Builder table =
                    TableDescriptor.forConnector(options.remove("connector"))
                            .schema(schema.build());
            options.forEach(table::option);
            session.tables().createTemporaryTable(entry.path.asSerializableString(), table.build());
            described.add(
                    "\"%s\"  payload %s, format '%s'"
                            .formatted(entry.topic.filter(), payload.asSummaryString(), format));
        }
        return described;
    }

    private LogicalType payloadType(Entry entry) {
        if (entry.schema == null) {
            return entry.topic.payloadType();
        }
        String text = entry.schema.text();
        boolean named = text.matches("(?s)\\s*[`\\w]+[`\\w ]*\\s+\\w.*");
        try {
            return session.type(named ? "ROW<" + text + ">" : text);
        } catch (RuntimeException e) {
            throw new RuleException(
                    entry.schemaOf
                            .statement()
                            .file()
                            .error(
                                    entry.schema.offset(),
                                    "The schema is no list of members and types such as 'temp DOUBLE, hum DOUBLE': "
                                            + Session.rootMessage(e))
                            .getMessage(),
                    e);
        }
    }
}
