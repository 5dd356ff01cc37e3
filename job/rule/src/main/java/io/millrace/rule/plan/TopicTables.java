package io.millrace.rule.plan;

import io.millrace.mqtt.table.MqttMetadata;
import io.millrace.rule.TopicDeclaration;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.RuleHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.VarBinaryType;

/**
 * The topics that the rules of a job read. Each becomes one temporary table, so that all rules
 * share one subscription; its payload column has the type that the rules together ask for.
 */
final class TopicTables {
    private static final String RECEIVED_AT = "received_at";

    /** A topic with what is needed to make its table. */
    private static final class Entry {
        final ObjectIdentifier path;
        final TopicNames.Found found;
        final CatalogTable base;
        final Optional<TopicDeclaration> declaration;
        final Topic topic;
        final List<String> rules = new ArrayList<>();
        Rule schemaOf;
        RuleHeader.Value schema;

        /** Whether rules in Flink SQL read it, so that the payload has a type. */
        boolean typed;

        /** Whether rules of the EMQX dialect read it, which decode the payload themselves. */
        boolean raw;

        Optional<String> format = Optional.empty();
        boolean watermark;

        Entry(ObjectIdentifier path, TopicNames.Found found, Topic topic) {
            this.path = path;
            this.found = found;
            this.base = found.table();
            this.declaration = found.declaration();
            this.topic = topic;
        }
    }

    private final Session session;
    private final TopicNames names;
    private final Map<ObjectIdentifier, Entry> entries = new LinkedHashMap<>();

    TopicTables(Session session, TopicNames names) {
        this.session = session;
        this.names = names;
    }

    /** The topic that a name in a rule's FROM means; empty if it is an ordinary table. */
    Optional<Topic> find(Rule rule, SqlIdentifier name) {
        ObjectIdentifier path = Session.qualify(name.names, rule.catalog(), rule.database());
        Entry known = entries.get(path);
        if (known == null) {
            Optional<TopicNames.Found> found = names.find(rule, name, path);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            known = new Entry(path, found.get(), topic(found.get()));
            refuseSecondName(rule, name, known);
            entries.put(path, known);
        }
        if (!known.rules.contains(rule.name())) {
            known.rules.add(rule.name());
            if (rule.emqx().isPresent()) {
                known.raw = true;
            } else {
                known.typed = true;
                header(rule, known);
            }
        }
        return Optional.of(known.topic);
    }

    /** Where the payload's members are declared, in words to put behind them; may be empty. */
    String declaredBy(Topic topic) {
        Entry entry =
                entries.values().stream().filter(e -> e.topic == topic).findFirst().orElseThrow();
        if (entry.declaration.isPresent()) {
            return " (declared in %s)".formatted(entry.declaration.get().place());
        }
        return entry.schema == null
                ? ""
                : " (declared by '-- schema:' in line %d of %s)"
                        .formatted(
                                entry.schemaOf.statement().file().line(entry.schema.offset()),
                                entry.schemaOf.statement().file().path());
    }

    /** The payload's type if the settings declare the topic. */
    Optional<LogicalType> declared(Topic topic) {
        return entries.values().stream()
                .filter(entry -> entry.topic == topic && entry.declaration.isPresent())
                .map(entry -> declaredPayload(entry.base))
                .findFirst();
    }

    /** The table of a topic that was found. */
    ObjectIdentifier table(Topic topic) {
        return entries.values().stream()
                .filter(entry -> entry.topic == topic)
                .findFirst()
                .orElseThrow()
                .path;
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

    private static Topic topic(TopicNames.Found found) {
        Map<String, LogicalType> columns = new LinkedHashMap<>();
        for (Schema.UnresolvedColumn column : found.table().getUnresolvedSchema().getColumns()) {
            if (column instanceof Schema.UnresolvedMetadataColumn metadata
                    && metadata.getDataType() instanceof DataType type) {
                columns.put(column.getName(), type.getLogicalType());
            }
        }
        found.declaration()
                .flatMap(TopicDeclaration::eventTime)
                .ifPresent(name -> columns.putIfAbsent(name, new LocalZonedTimestampType(3)));
        return new Topic(found.topic(), columns);
    }

    /**
     * A header that says of a declared topic what the settings say already would be without effect.
     * One of a rule that reads other topics too is for those.
     */
    void refuseIdleHeader(Rule rule) {
        List<Entry> read = read(rule).toList();
        if (read.isEmpty() || !read.stream().allMatch(entry -> entry.declaration.isPresent())) {
            return;
        }
        for (RuleHeader.Key key : List.of(RuleHeader.Key.SCHEMA, RuleHeader.Key.FORMAT)) {
            rule.statement()
                    .header()
                    .get(key)
                    .ifPresent(
                            value -> {
                                throw rule.statement()
                                        .file()
                                        .error(
                                                value.offset(),
                                                "Topic '%s' is declared in %s, for all rules. Remove it there or this line here."
                                                        .formatted(
                                                                read.get(0).topic.filter(),
                                                                read.get(0)
                                                                        .declaration
                                                                        .get()
                                                                        .place()));
                            });
        }
    }

    private void header(Rule rule, Entry entry) {
        if (entry.declaration.isEmpty()) {
            readHeader(rule, entry);
        }
        String query = rule.queryText();
        entry.watermark |=
                query.contains(RECEIVED_AT)
                        && query.toUpperCase(Locale.ROOT)
                                .matches("(?s).*\\b(DESCRIPTOR|OVER|MATCH_RECOGNIZE|JOIN)\\b.*");
    }

    private static void readHeader(Rule rule, Entry entry) {
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
    }

    /**
     * Makes the tables. Called when the uses of all rules are noted.
     *
     * @param failed takes the names of rules that read a topic of which no table can be made
     */
    List<TopicTable> register(Findings findings, Set<String> failed) {
        List<TopicTable> made = new ArrayList<>();
        for (Entry entry : entries.values()) {
            findings.attempt(() -> table(entry))
                    .ifPresentOrElse(
                            table -> {
                                session.tables()
                                        .createTemporaryTable(
                                                entry.path.asSerializableString(),
                                                table.descriptor());
                                made.add(table);
                            },
                            () -> failed.addAll(entry.rules));
        }
        return made;
    }

    /** A list as Flink's options write it. */
    private static String list(List<String> names) {
        return names.stream()
                .map(name -> name.matches("[^;']*") ? name : "'" + name.replace("'", "''") + "'")
                .collect(Collectors.joining(";"));
    }

    private TopicTable table(Entry entry) {
        LogicalType payload = payloadType(entry);
        Map<String, String> options = new LinkedHashMap<>(entry.base.getOptions());
        boolean text =
                payload.is(LogicalTypeFamily.CHARACTER_STRING)
                        || payload.is(LogicalTypeFamily.BINARY_STRING);
        if (entry.declaration.isEmpty()) {
            options.put(
                    "format",
                    entry.format
                            .map(f -> f.equals("json") ? "payload-json" : f)
                            .orElse(text ? "raw" : "payload-json"));
        }
        options.put("scan.rules", list(entry.rules));
        options.put("scan.connection", entry.found.path().getCatalogName());
        List<Schema.UnresolvedWatermarkSpec> watermarks =
                entry.base.getUnresolvedSchema().getWatermarkSpecs();
        Schema.Builder schema = Schema.newBuilder();
        for (Schema.UnresolvedColumn column : entry.base.getUnresolvedSchema().getColumns()) {
            if (column.getName().equals(Topic.PAYLOAD)) {
                schema.column(Topic.PAYLOAD, DataTypes.of(payload));
            } else {
                schema.fromColumns(List.of(column));
            }
        }
        if (entry.raw) {
            MqttMetadata.forRawPayload()
                    .forEach((name, type) -> schema.columnByMetadata(name, type, null, true));
        }
        watermarks.forEach(
                watermark ->
                        schema.watermark(
                                watermark.getColumnName(), watermark.getWatermarkExpression()));
        if (entry.watermark && watermarks.isEmpty()) {
            schema.watermark(RECEIVED_AT, RECEIVED_AT + " - INTERVAL '0.001' SECOND");
        }
        return new TopicTable(
                entry.topic.filter(),
                schema.build(),
                options,
                payload,
                entry.typed || entry.declaration.isPresent(),
                entry.typed && entry.declaration.isEmpty() && entry.schema == null
                        ? entry.topic.assumed()
                        : List.of(),
                entry.declaration.isPresent(),
                entry.raw,
                List.copyOf(entry.rules));
    }

    /** The names of the tables of the topics that a rule reads. */
    List<String> paths(Rule rule) {
        return read(rule).map(entry -> entry.path.asSerializableString()).toList();
    }

    /** The topics that a rule reads. */
    List<TopicNames.Found> topics(Rule rule) {
        return read(rule).map(entry -> entry.found).toList();
    }

    private Stream<Entry> read(Rule rule) {
        return entries.values().stream().filter(entry -> entry.rules.contains(rule.name()));
    }

    private LogicalType payloadType(Entry entry) {
        if (entry.declaration.isPresent()) {
            return declaredPayload(entry.base);
        }
        if (!entry.typed) {
            return new VarBinaryType(VarBinaryType.MAX_LENGTH);
        }
        if (entry.schema == null) {
            return entry.topic.payloadType();
        }
        String text = entry.schema.text();
        boolean named = text.matches("(?s)\\s*[`\\w]+[`\\w ]*\\s+\\w.*");
        try {
            return session.type(named ? "ROW<" + text + ">" : text);
        } catch (RuntimeException e) {
            throw entry.schemaOf
                    .statement()
                    .file()
                    .error(
                            entry.schema.offset(),
                            "The schema is no list of members and types such as 'temp DOUBLE, hum DOUBLE': "
                                    + Session.rootMessage(e),
                            e);
        }
    }

    private static LogicalType declaredPayload(CatalogTable table) {
        return table.getUnresolvedSchema().getColumns().stream()
                .filter(column -> column.getName().equals(Topic.PAYLOAD))
                .map(column -> (DataType) ((Schema.UnresolvedPhysicalColumn) column).getDataType())
                .findFirst()
                .orElseThrow()
                .getLogicalType();
    }
}
