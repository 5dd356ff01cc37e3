package io.millrace.rule.emqx.convert;

import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What names mean in the Flink query. Flink has no aliases in the list that defines them, so an
 * alias stands for its expression.
 */
final class NameScope {
    /** Columns of EMQX and those of topic tables. */
    private static final Map<String, String> COLUMNS =
            Map.of(
                    "topic", "topic",
                    "qos", "qos",
                    "clientid", "clientid",
                    "timestamp", "now_timestamp('millisecond')");

    /** An alias: its SQL, and whether it is a path, so that members of it can be read. */
    private record Alias(String sql, boolean path) {}

    private final Map<String, Alias> aliases = new HashMap<>();
    private final Remarks remarks;
    private String element;

    /** How the element of FOREACH is used: as a whole, or by members. */
    private final Set<String> elementUses = new TreeSet<>();

    NameScope(Remarks remarks) {
        this.remarks = remarks;
    }

    /** Names the element that FOREACH iterates over. */
    void element(String name) {
        element = name;
        aliases.remove(name);
    }

    /** Whether the element is read as a whole. */
    boolean readsWholeElement() {
        return elementUses.contains("");
    }

    /** Whether members of the element are read. */
    boolean readsMembers() {
        return elementUses.stream().anyMatch(use -> !use.isEmpty());
    }

    /** Remembers what an alias stands for; the SQL is null if there is none. */
    void alias(Expr.Path alias, boolean path, String sql) {
        aliases.put(alias.root(), new Alias(alias.isName() ? sql : null, path));
    }

    /** Writes a path. */
    String path(Expr.Path path) {
        String root = path.root();
        List<Step> rest = path.steps().subList(1, path.steps().size());
        if (root.equals(element)) {
            elementUses.add(rest.isEmpty() ? "" : "member");
            return Identifiers.name(root) + steps(path, rest);
        }
        Alias alias = aliases.get(root);
        if (alias != null) {
            if (alias.sql() == null) {
                throw new Untranslatable(
                        path.offset(), "'%s' is a map that the rule makes.".formatted(root));
            }
            if (COLUMNS.containsKey(root)) {
                remarks.differs(
                        path.offset(),
                        "Where the alias '%s' is missing EMQX takes the column of the same name."
                                .formatted(root));
            }
            if (rest.isEmpty() || alias.path()) {
                return alias.sql() + steps(path, rest);
            }
            throw new Untranslatable(
                    path.offset(),
                    "'%s' is computed; EMQX reads members of it, Flink needs its type."
                            .formatted(root));
        }
        return column(path, root, rest);
    }

    private String column(Expr.Path path, String root, List<Step> rest) {
        switch (root) {
            case "payload":
                if (rest.isEmpty()) {
                    remarks.differs(
                            path.offset(),
                            "The payload as text needs '-- format: raw' before the rule.");
                }
                return "payload" + steps(path, rest);
            case "flags":
                if (rest.size() == 1 && rest.get(0).equals(new Step.Key("retain"))) {
                    return "retain";
                }
                throw new Untranslatable(
                        path.offset(), "Of the flags Flink has only retain, as a column.");
            case "pub_props":
                return property(path, rest);
            case "publish_received_at":
                remarks.differs(
                        path.offset(),
                        "received_at is the time when Millrace received the message, and a"
                                + " TIMESTAMP_LTZ instead of milliseconds.");
                return "received_at";
            default:
                break;
        }
        String column = COLUMNS.get(root);
        if (column != null && rest.isEmpty()) {
            if (root.equals("clientid")) {
                remarks.differs(
                        path.offset(),
                        "clientid is what the connection's option 'clientid.from' says; MQTT does"
                                + " not deliver the publisher's.");
            }
            return column;
        }
        throw new Untranslatable(
                path.offset(),
                "'%s' is known to EMQX only; a topic table has no such column.".formatted(root));
    }

    private static String property(Expr.Path path, List<Step> rest) {
        if (rest.size() == 2
                && rest.get(0).equals(new Step.Key("User-Property"))
                && rest.get(1) instanceof Step.Key key) {
            return "user_properties[" + Identifiers.text(key.name()) + "]";
        }
        String column =
                rest.size() == 1 && rest.get(0) instanceof Step.Key key
                        ? switch (key.name()) {
                            case "Content-Type" -> "content_type";
                            case "Response-Topic" -> "response_topic";
                            case "Correlation-Data" -> "correlation_data";
                            case "Message-Expiry-Interval" -> "message_expiry";
                            default -> null;
                        }
                        : rest.size() == 1 && rest.get(0).equals(new Step.Key("User-Property"))
                                ? "user_properties"
                                : null;
        if (column == null) {
            throw new Untranslatable(
                    path.offset(), "A topic table has no column for this property.");
        }
        return column;
    }

    private static String steps(Expr.Path path, List<Step> steps) {
        StringBuilder sql = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Step.Key key) {
                sql.append('.').append(Identifiers.name(key.name()));
            } else if (step instanceof Step.Index index && index.position() > 0) {
                sql.append('[').append(index.position()).append(']');
            } else {
                throw new Untranslatable(
                        path.offset(),
                        "Flink indexes arrays with positive numbers only; count from the other"
                                + " side with CARDINALITY.");
            }
        }
        return sql.toString();
    }
}
