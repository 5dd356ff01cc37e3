package io.millrace.rule.plan;

import io.millrace.mqtt.catalog.MqttCatalog;
import io.millrace.mqtt.catalog.MqttCatalogFactory;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.TopicDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/** Tells which names in rules mean topics, and of which connection. */
final class TopicNames {
    /**
     * A topic.
     *
     * @param path its full name, in its connection
     * @param table what its connection says of it
     * @param declaration what the settings say of it, if they do
     */
    record Found(
            ObjectIdentifier path, CatalogTable table, Optional<TopicDeclaration> declaration) {
        /** The topic's name or filter. */
        String topic() {
            return path.getObjectName();
        }

        /** Whether a journal keeps its messages. */
        boolean isJournalled() {
            return "journal".equalsIgnoreCase(table.getOptions().get("scan.ack-mode"));
        }
    }

    private final Session session;

    TopicNames(Session session) {
        this.session = session;
    }

    /**
     * The topic that a name means; empty if it is an ordinary table.
     *
     * @param path the full name that the name would have as a table
     */
    Optional<Found> find(Rule rule, SqlIdentifier name, ObjectIdentifier path) {
        Optional<Catalog> catalog = session.tables().getCatalog(path.getCatalogName());
        if (catalog.orElse(null) instanceof MqttCatalog mqtt) {
            return read(mqtt, path);
        }
        boolean quoted =
                name.isSimple() && (name.isComponentQuoted(0) || !name.getSimple().matches("\\w+"));
        // EMQX's rules read topics and nothing else.
        boolean topic = rule.emqx().isPresent() && name != rule.target();
        if (!topic && (!quoted || exists(path, catalog))) {
            return Optional.empty();
        }
        if (!topic && name != rule.target()) {
            refuseWrongFilter(rule, name);
        }
        MqttCatalog mqtt = onlyConnection(rule, name);
        return read(
                mqtt,
                ObjectIdentifier.of(
                        mqtt.getName(), mqtt.getDefaultDatabase(), path.getObjectName()));
    }

    /** Else the planner would say that there is no such table. */
    private static void refuseWrongFilter(Rule rule, SqlIdentifier name) {
        try {
            TopicFilter.parse(name.getSimple());
        } catch (IllegalArgumentException e) {
            throw rule.statement().file().error(rule.offset(name), e.getMessage(), e);
        }
    }

    private boolean exists(ObjectIdentifier path, Optional<Catalog> catalog) {
        return catalog.isPresent() && catalog.get().tableExists(path.toObjectPath())
                || List.of(session.tables().listTemporaryTables()).contains(path.getObjectName());
    }

    /** Empty if the user has created a table of that name. */
    private Optional<Found> read(MqttCatalog catalog, ObjectIdentifier path) {
        ObjectPath inCatalog = path.toObjectPath();
        Optional<TopicDeclaration> declaration = session.declaration(path);
        try {
            return catalog.tableExists(inCatalog) && declaration.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Found(
                                    path, (CatalogTable) catalog.getTable(inCatalog), declaration));
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
        String broken = session.connections().brokenOfType(MqttCatalogFactory.IDENTIFIER);
        if (names.isEmpty() && broken != null) {
            throw LeftOut.because(rule, "connection '%s'".formatted(broken));
        }
        if (names.size() != 1) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.offset(name),
                            names.isEmpty()
                                    ? "Topic '%s' cannot be used: there is no connection of type 'mqtt'. Give --mqtt-url or a connection in the settings file."
                                            .formatted(name.getSimple())
                                    : rule.emqx().isPresent() && name != rule.target()
                                            ? "Topic '%s' could be of the connections %s. Say which before the rule: USE CATALOG %s;"
                                                    .formatted(
                                                            name.getSimple(),
                                                            String.join(", ", names),
                                                            names.get(0))
                                            : "Topic '%s' could be of the connections %s. Write `%s`.`default`.`%s`."
                                                    .formatted(
                                                            name.getSimple(),
                                                            String.join(", ", names),
                                                            names.get(0),
                                                            name.getSimple()));
        }
        return found;
    }
}
