package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.mqtt.catalog.MqttCatalogFactory;
import io.millrace.mqtt.table.MqttTableFactory;
import io.millrace.rule.Places;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.tdengine.catalog.TDengineCatalog;
import io.millrace.tdengine.catalog.TDengineCatalogFactory;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connections of a job, each of which becomes a catalog. Used by one thread. */
final class Connections {
    private static final Map<String, CatalogFactory> TYPES =
            Map.of(
                    MqttCatalogFactory.IDENTIFIER, new MqttCatalogFactory(),
                    TDengineCatalogFactory.IDENTIFIER, new TDengineCatalogFactory());
    private static final Map<String, DynamicTableFactory> CONNECTORS =
            Map.of(
                    MqttTableFactory.IDENTIFIER, new MqttTableFactory(),
                    TDengineDynamicTableFactory.IDENTIFIER, new TDengineDynamicTableFactory());

    private static final Set<String> CONNECTION =
            Set.of(
                    TDengineConnectorOptions.URL.key(),
                    TDengineConnectorOptions.USERNAME.key(),
                    TDengineConnectorOptions.PASSWORD.key(),
                    TDengineConnectorOptions.TOKEN.key(),
                    TDengineConnectorOptions.CONNECT_TIMEOUT.key(),
                    TDengineConnectorOptions.REQUEST_TIMEOUT.key());

    private final TableEnvironment tables;
    private final Findings findings;
    private final boolean offline;
    private final Map<String, CheckedCatalog> checked = new LinkedHashMap<>();

    /** Servers that tables of rule files name, by the options that say where they are. */
    private final Map<Map<String, String>, CheckedCatalog> ofTables = new LinkedHashMap<>();

    /** Names of those that failed, and their types. */
    private final Map<String, String> broken = new LinkedHashMap<>();

    /**
     * @param offline whether a check asks no server
     */
    Connections(TableEnvironment tables, Findings findings, boolean offline) {
        this.tables = tables;
        this.findings = findings;
        this.offline = offline;
    }

    /** Connects, if its options are right. */
    void add(String name, Map<String, String> options, Places places) {
        String type = String.valueOf(options.get("type"));
        if (!findings.attempt(() -> connect(name, options, places))) {
            broken.put(name, type);
        } else if (findings.isCheck()) {
            Guarantees.ofConnection(name, options, places).forEach(findings::add);
        }
    }

    private void connect(String name, Map<String, String> options, Places places) {
        String key = "connections." + name;
        String type = options.get("type");
        if (type == null || !TYPES.containsKey(type)) {
            throw places.error(
                    type == null ? key : key + ".type",
                    type == null
                            ? "Connection '%s' has no type; allowed are 'mqtt' and 'tdengine'."
                                    .formatted(name)
                            : "Connection '%s' has type '%s'; allowed are 'mqtt' and 'tdengine'.%s"
                                    .formatted(name, type, DidYouMean.hint(TYPES.keySet(), type)),
                    null);
        }
        refuseUnknown(name, options, places);
        try {
            if (findings.isCheck() && type.equals(TDengineCatalogFactory.IDENTIFIER)) {
                register(name, options);
            } else {
                tables.createCatalog(
                        name, CatalogDescriptor.of(name, Configuration.fromMap(options)));
            }
        } catch (RuntimeException e) {
            throw places.error(
                    key, "Connection '%s': %s".formatted(name, Session.rootMessage(e)), e);
        }
    }

    /** Deprecated in favour of descriptors, which cannot stand for a catalog that is no service. */
    @SuppressWarnings("deprecation")
    private void register(String name, Map<String, String> options) {
        CheckedCatalog seen = catalog(name, options);
        tables.registerCatalog(name, seen);
        checked.put(name, seen);
    }

    private static void refuseUnknown(String name, Map<String, String> options, Places places) {
        Factory factory = TYPES.get(options.get("type"));
        List<Problem> problems = new ArrayList<>();
        for (String option : options.keySet()) {
            if (!option.equals("type") && !isKnown(factory, option)) {
                problems.add(
                        places.problem(
                                Problem.Severity.ERROR,
                                "connections." + name + "." + option,
                                "Connection '%s' has no option '%s'.%s"
                                        .formatted(
                                                name,
                                                option,
                                                DidYouMean.hint(known(factory), option))));
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(problems, null);
        }
    }

    /** Whether a connector is one of ours. */
    static boolean isOurs(String connector) {
        return CONNECTORS.containsKey(connector);
    }

    /** Whether a connector knows an option; those of other connectors are not judged. */
    static boolean isKnownOption(String connector, String option) {
        DynamicTableFactory factory = CONNECTORS.get(connector);
        return factory == null || isKnown(factory, option);
    }

    /** The options of a connector. */
    static Collection<String> knownOptions(String connector) {
        return known(CONNECTORS.get(connector));
    }

    private static boolean isKnown(Factory factory, String option) {
        // Those that are maps may be written as several keys; the first two are Flink's own.
        return option.startsWith("scan.watermark.")
                || option.equals("property-version")
                || known(factory).stream()
                        .anyMatch(key -> option.equals(key) || option.startsWith(key + "."));
    }

    private static Set<String> known(Factory factory) {
        Set<String> keys = new TreeSet<>();
        factory.requiredOptions().forEach(option -> keys.add(option.key()));
        factory.optionalOptions().forEach(option -> keys.add(option.key()));
        return keys;
    }

    /** A connection to TDengine as a check sees it; null if it is none. */
    CheckedCatalog checked(String name) {
        return checked.get(name);
    }

    /** All connections to TDengine of a check. */
    Collection<CheckedCatalog> checked() {
        List<CheckedCatalog> all = new ArrayList<>(checked.values());
        all.addAll(ofTables.values());
        return all;
    }

    /**
     * The server that a table of a rule file says in its options, for a check.
     *
     * @return nothing if they are wrong, which the planner tells
     */
    Optional<CheckedCatalog> ofTable(Map<String, String> options) {
        Map<String, String> where = new HashMap<>(options);
        where.keySet().retainAll(CONNECTION);
        try {
            return Optional.of(ofTables.computeIfAbsent(where, this::server));
        } catch (RuntimeException wrong) {
            return Optional.empty();
        }
    }

    private CheckedCatalog server(Map<String, String> where) {
        Map<String, String> options = new HashMap<>(where);
        options.put("type", TDengineCatalogFactory.IDENTIFIER);
        return catalog("server", options);
    }

    private CheckedCatalog catalog(String name, Map<String, String> options) {
        Catalog catalog =
                FactoryUtil.createCatalog(
                        name, options, tables.getConfig(), getClass().getClassLoader());
        return new CheckedCatalog(name, (TDengineCatalog) catalog, options, !offline);
    }

    /**
     * Whether a connection of that name has failed, so that nothing is to be said of its tables.
     */
    boolean isBroken(String name) {
        return broken.containsKey(name);
    }

    /** Whether the connection of a topic has failed; the only one if no name is given. */
    boolean lacks(Optional<String> name) {
        return name.map(this::isBroken)
                .orElseGet(() -> brokenOfType(MqttCatalogFactory.IDENTIFIER) != null);
    }

    /** The name of a connection of a type that has failed; null if there is none. */
    String brokenOfType(String type) {
        return broken.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
