package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.TopicDeclaration;
import io.millrace.rule.script.Dialect;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A table environment as rules find it: the connections as catalogs, the functions loaded, Flink's
 * settings applied.
 */
final class Session {
    private static final List<String> CONNECTION_TYPES = List.of("mqtt", "tdengine");

    private final TableEnvironment tables;
    private final DeclaredTopics declared;

    Session(Settings settings, String jobName, Configuration target) {
        Configuration configuration = new Configuration(target);
        // Nothing between source and sink keeps a row, so Flink need not copy it at each step.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.NAME, jobName);
        settings.flink().forEach(configuration::setString);
        tables =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance()
                                .inStreamingMode()
                                .withConfiguration(configuration)
                                .build());
        if (!Arrays.asList(tables.listModules()).contains("millrace")) {
            tables.executeSql("LOAD MODULE millrace" + withClock());
        }
        settings.connections().forEach(this::connect);
        declared = new DeclaredTopics(this);
        settings.topics().forEach(declared::declare);
    }

    private void connect(String name, Map<String, String> options) {
        String type = options.get("type");
        if (type == null || !CONNECTION_TYPES.contains(type)) {
            throw new RuleException(
                    "Connection '%s' has type '%s'; allowed are 'mqtt' and 'tdengine'."
                            .formatted(name, type));
        }
        try {
            tables.createCatalog(name, CatalogDescriptor.of(name, Configuration.fromMap(options)));
        } catch (RuntimeException e) {
            throw new RuleException("Connection '%s': %s".formatted(name, rootMessage(e)), e);
        }
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

    TableEnvironment tables() {
        return tables;
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
