package io.millrace.cli.dlq;

import io.millrace.cli.terminal.ServerException;
import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.sink.MqttSinkSettings;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.tdengine.catalog.TDengineCatalogFactory;
import io.millrace.tdengine.catalog.TDengineCatalogOptions;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineError;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

/** The settings' connections, made when they are needed. For one thread. */
public final class Connections implements AutoCloseable {
    private final Settings settings;
    private final Set<String> chosen;
    private final Map<String, TDengineConnection> open = new LinkedHashMap<>();

    /**
     * @param chosen names of those to use where there are several of a type
     */
    public Connections(Settings settings, Set<String> chosen) {
        this.settings = settings;
        this.chosen = chosen;
        for (String name : chosen) {
            if (!settings.connections().containsKey(name)) {
                throw new RuleException(
                        "Connection '%s' is not known; known are %s."
                                .formatted(name, settings.connections().keySet()));
            }
        }
    }

    /** The name of the one connection of a type. */
    private String only(String type) {
        List<String> ofType =
                settings.connections().entrySet().stream()
                        .filter(entry -> type.equals(entry.getValue().get("type")))
                        .map(Map.Entry::getKey)
                        .toList();
        List<String> wanted = ofType.stream().filter(chosen::contains).toList();
        List<String> left = wanted.isEmpty() ? ofType : wanted;
        if (left.isEmpty()) {
            throw new RuleException(
                    "A connection of type '%s' is needed; give --%s-url or a settings file."
                            .formatted(type, type));
        }
        if (left.size() > 1) {
            throw new RuleException(
                    "There are several connections of type '%s' (%s); choose with --connection."
                            .formatted(type, String.join(", ", left)));
        }
        return left.get(0);
    }

    /** The database that names without one are in; null if the connection has none. */
    String database(String connection) {
        String name = connection == null ? only("tdengine") : connection;
        String given =
                settings.connections().get(name).get(TDengineCatalogOptions.DEFAULT_DATABASE.key());
        return given != null ? given : tdengineSettings(name).database().orElse(null);
    }

    /**
     * A connection to TDengine.
     *
     * @param connection its name; null for the only one
     * @throws ServerException if it cannot be made
     */
    public TDengineConnection tdengine(String connection) {
        String name = connection == null ? only("tdengine") : connection;
        TDengineConnection there = open.get(name);
        if (there == null) {
            there = open(name);
            open.put(name, there);
        }
        return there;
    }

    private TDengineConnection open(String name) {
        TDengineConnectionSettings wanted = tdengineSettings(name);
        try {
            return TDengineConnection.open(wanted);
        } catch (IllegalArgumentException e) {
            throw new RuleException("Connection '%s': %s".formatted(name, e.getMessage()), e);
        } catch (SQLException e) {
            throw new ServerException(
                    "Connection '%s' to TDengine at %s (user %s) fails: %s. 'millrace test-connection %s' tells more."
                            .formatted(
                                    name,
                                    wanted.url(),
                                    wanted.username(),
                                    TDengineError.of(e),
                                    name),
                    e);
        }
    }

    private TDengineConnectionSettings tdengineSettings(String name) {
        return TDengineCatalogFactory.settings(
                Configuration.fromMap(settings.connections().get(name)));
    }

    /** What writes letters again, by their origin. */
    public Map<String, Rewriter> rewriters() {
        // What a rule had no row for is a message, as what a topic's format could not read is.
        return Map.of(
                "tdengine",
                new RowRewriter(() -> tdengine(null)),
                "mqtt",
                messages(),
                "rule",
                messages());
    }

    private Rewriter messages() {
        return new LateRewriter(() -> new MessageRewriter(broker(), MqttPublisherFactory.netty()));
    }

    /** Where the only broker is, and who connects. */
    public ConnectionSettings broker() {
        Map<String, String> options = new HashMap<>(settings.connections().get(only("mqtt")));
        options.remove("type");
        options.put(MqttOptions.TOPIC.key(), "any");
        options.remove(MqttOptions.CLIENT.key());
        Problems problems = new Problems();
        MqttSinkSettings sink =
                MqttSinkSettings.read(Configuration.fromMap(options), "dlq", problems);
        problems.throwIfAny(RuleException::new);
        return sink.publishing().connection();
    }

    @Override
    public void close() {
        open.values().forEach(TDengineConnection::close);
    }
}
