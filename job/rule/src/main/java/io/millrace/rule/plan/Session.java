package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.TopicDeclaration;
import io.millrace.rule.script.Dialect;
import io.millrace.tdengine.catalog.TDengineCatalog;
import io.millrace.tdengine.client.TargetTable;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A table environment as rules find it: the connections as catalogs, the functions loaded, Flink's
 * settings applied.
 */
final class Session {
    private final GraphRecorder recorder;
    private final TableEnvironment tables;
    private final Connections connections;
    private final DeclaredTopics declared;

    /**
     * Makes a session.
     *
     * @param offline whether a check asks no server
     */
    Session(
            Settings settings,
            String jobName,
            Configuration target,
            Findings findings,
            boolean offline) {
        Configuration configuration = new Configuration(target);
        // Nothing between source and sink keeps a row, so Flink need not copy it at each step.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.NAME, jobName);
        settings.flink().forEach(configuration::setString);
        recorder = new GraphRecorder(configuration);
        tables =
                StreamTableEnvironment.create(
                        recorder,
                        EnvironmentSettings.newInstance()
                                .inStreamingMode()
                                .withConfiguration(configuration)
                                .build());
        if (!Arrays.asList(tables.listModules()).contains("millrace")) {
            tables.executeSql("LOAD MODULE millrace" + withClock());
        }
        connections = new Connections(tables, findings, offline);
        settings.connections()
                .forEach((name, options) -> connections.add(name, options, settings.places()));
        declared = new DeclaredTopics(this);
        settings.topics().stream()
                .filter(topic -> !connections.lacks(topic.connection()))
                .forEach(topic -> findings.attempt(() -> declared.declare(topic)));
    }

    /** For tests of rules: see {@link RuleClock}. */
    private String withClock() {
        return RuleClock.moment(tables.getConfig().getConfiguration())
                .map(moment -> " WITH ('clock' = '" + moment + "')")
                .orElse("");
    }

    /** What functions of the time read. */
    Clock clock() {
        return RuleClock.of(tables.getConfig().getConfiguration());
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            root = t.getMessage() == null ? root : t;
        }
        return root.getMessage();
    }

    GraphRecorder recorder() {
        return recorder;
    }

    TableEnvironment tables() {
        return tables;
    }

    Connections connections() {
        return connections;
    }

    /** A connection to TDengine as a check sees it; empty if it is another one, or no check. */
    Optional<CheckedCatalog> checked(String name) {
        return Optional.ofNullable(connections.checked(name));
    }

    /** A table as TDengine describes it, if it is one and the server can be asked. */
    Optional<TargetTable> described(ObjectIdentifier path) {
        Catalog catalog = tables.getCatalog(path.getCatalogName()).orElse(null);
        if (catalog instanceof CheckedCatalog checked) {
            return checked.describe(path.toObjectPath());
        }
        return catalog instanceof TDengineCatalog server
                ? server.describe(path.toObjectPath())
                : Optional.empty();
    }

    /** The dialect of rules that do not say theirs. */
    Dialect dialect() {
        String text = tables.getConfig().getConfiguration().getString(Dialect.OPTION, "flink");
        try {
            return Dialect.of(text);
        } catch (IllegalArgumentException e) {
            throw new RuleException(e.getMessage(), e);
        }
    }

    /** What the settings say of a topic, if they do. */
    Optional<TopicDeclaration> declaration(ObjectIdentifier path) {
        return declared.get(path);
    }

    /** The topics that the settings declare. */
    List<String> declaredTopics() {
        return declared.names();
    }

    /** The full name of a table as written where a catalog and a database were current. */
    static ObjectIdentifier qualify(List<String> names, String catalog, String database) {
        return switch (names.size()) {
            case 1 -> ObjectIdentifier.of(catalog, database, names.get(0));
            case 2 -> ObjectIdentifier.of(catalog, names.get(0), names.get(1));
            default -> ObjectIdentifier.of(names.get(0), names.get(1), names.get(2));
        };
    }

    /** A name as SQL writes it. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Reads a type as SQL writes it. */
    LogicalType type(String sql) {
        return tables.sqlQuery("SELECT CAST(NULL AS " + sql + ")")
                .getResolvedSchema()
                .getColumnDataTypes()
                .get(0)
                .getLogicalType();
    }
}
