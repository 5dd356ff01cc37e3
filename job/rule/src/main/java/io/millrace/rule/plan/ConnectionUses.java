package io.millrace.rule.plan;

import io.millrace.rule.Settings;
import io.millrace.rule.payload.PayloadUses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.ObjectIdentifier;

/**
 * What rules use of the settings' connections, by the names in their text: nothing is planned, and
 * no server is asked. Tables and topics that a rule file declares with CREATE TABLE have
 * connections of their own and are left out.
 */
public final class ConnectionUses {
    /**
     * What rules use of one connection.
     *
     * @param filters topic filters that they read
     * @param topics that they publish to; one with columns in its name is left out
     * @param tables that they write, as database and table
     * @param databases that they use, those of the tables among them
     */
    public record Of(
            Set<String> filters,
            Set<String> topics,
            Set<List<String>> tables,
            Set<String> databases) {
        /** Nothing. */
        public static final Of NOTHING = new Of(Set.of(), Set.of(), Set.of(), Set.of());

        private static Of begin() {
            return new Of(
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>());
        }
    }

    private final Map<String, Of> byConnection = new LinkedHashMap<>();
    private final Settings settings;
    private final TopicNames names;

    private ConnectionUses(Settings settings, Session session) {
        this.settings = settings;
        this.names = new TopicNames(session);
    }

    /**
     * Reads the rules of files.
     *
     * @throws io.millrace.rule.RuleException if they cannot be read as rules
     */
    public static Map<String, Of> in(Settings settings, String jobName, List<Path> files) {
        Findings findings = Findings.ofRun();
        Session session = new Session(settings, jobName, new Configuration(), findings, false);
        RuleReader reader = new RuleReader(session, findings);
        files.forEach(reader::read);
        ConnectionUses uses = new ConnectionUses(settings, session);
        reader.rules().forEach(uses::add);
        return Collections.unmodifiableMap(uses.byConnection);
    }

    private void add(Rule rule) {
        ObjectIdentifier target = path(rule, rule.target());
        Optional<TopicNames.Found> published = topic(rule, rule.target(), target);
        if (published.isPresent()) {
            if (!published.get().topic().contains("${")) {
                of(published.get().path()).topics().add(published.get().topic());
            }
        } else if (isOf("tdengine", target)) {
            of(target).tables().add(List.of(target.getDatabaseName(), target.getObjectName()));
            of(target).databases().add(target.getDatabaseName());
        }
        sources(rule).forEach(name -> read(rule, name));
    }

    private void read(Rule rule, SqlIdentifier name) {
        ObjectIdentifier path = path(rule, name);
        Optional<TopicNames.Found> found = topic(rule, name, path);
        if (found.isPresent()) {
            of(found.get().path()).filters().add(found.get().topic());
        } else if (isOf("tdengine", path)) {
            of(path).databases().add(path.getDatabaseName());
        }
    }

    private List<SqlIdentifier> sources(Rule rule) {
        if (rule.emqx().isPresent()) {
            return CompiledRule.of(rule).sources();
        }
        List<SqlIdentifier> names = new ArrayList<>();
        new PayloadUses(type -> DataTypes.STRING().getLogicalType(), rule::place)
                .note(
                        rule.query(),
                        name -> {
                            names.add(name);
                            return Optional.empty();
                        },
                        List.of());
        return names;
    }

    /** A name in another catalog than MQTT's may have to be asked of a server that is away. */
    private Optional<TopicNames.Found> topic(Rule rule, SqlIdentifier name, ObjectIdentifier path) {
        return isOf("tdengine", path) && !name.isSimple()
                ? Optional.empty()
                : names.find(rule, name, path);
    }

    private static ObjectIdentifier path(Rule rule, SqlIdentifier name) {
        return Session.qualify(name.names, rule.catalog(), rule.database());
    }

    private boolean isOf(String type, ObjectIdentifier path) {
        return type.equals(
                settings.connections().getOrDefault(path.getCatalogName(), Map.of()).get("type"));
    }

    private Of of(ObjectIdentifier path) {
        return byConnection.computeIfAbsent(path.getCatalogName(), name -> Of.begin());
    }
}
