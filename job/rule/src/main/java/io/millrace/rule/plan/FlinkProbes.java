package io.millrace.rule.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.util.Litmus;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Makes probes of the conditions of a query in Flink SQL: {@code SELECT part, part, value … FROM …}
 * over the query's own FROM. A part that could fail is guarded by those before it, as AND guards
 * it. What cannot be taken apart has no probe.
 */
final class FlinkProbes {
    private static final int MOST_VALUES = 12;
    private static final Pattern AND = Pattern.compile("\\bAND\\b", Pattern.CASE_INSENSITIVE);

    private final Session session;
    private final Rule rule;
    private final QueryText text;

    private FlinkProbes(Session session, Rule rule) {
        this.session = session;
        this.rule = rule;
        this.text = new QueryText(rule);
    }

    static List<Probe> of(Session session, Rule rule) {
        List<Probe> probes = new ArrayList<>();
        new FlinkProbes(session, rule).query(rule.query(), probes);
        return probes;
    }

    private void query(SqlNode node, List<Probe> probes) {
        if (node instanceof SqlSelect select) {
            query(select.getFrom(), probes);
            if (select.getWhere() != null && canBeAsked(select.getFrom())) {
                probe(select).ifPresent(probes::add);
            }
        } else if (node instanceof SqlJoin join) {
            query(join.getLeft(), probes);
            query(join.getRight(), probes);
        } else if (node instanceof SqlBasicCall call && !(node.getKind() == SqlKind.LATERAL)) {
            call.getOperandList().forEach(operand -> query(operand, probes));
        }
    }

    /** A join whose condition is among those behind WHERE would be one of all with all. */
    private static boolean canBeAsked(SqlNode from) {
        if (!(from instanceof SqlJoin join)) {
            return from != null;
        }
        boolean free = join.getJoinType() == JoinType.COMMA || join.getJoinType() == JoinType.CROSS;
        String right = join.getRight().toString().toUpperCase(Locale.ROOT);
        return canBeAsked(join.getLeft())
                && (!free || right.startsWith("UNNEST") || right.startsWith("LATERAL"));
    }

    private Optional<Probe> probe(SqlSelect select) {
        try {
            int where = text.where(select);
            return where < 0
                    ? Optional.empty()
                    : probe(select.getWhere(), text.fromClause(select), where);
        } catch (RuntimeException e) {
            // It explains; what it cannot explain is no error of the rule.
            return Optional.empty();
        }
    }

    private Optional<Probe> probe(SqlNode condition, String from, int where) {
        List<SqlNode> nodes = new ArrayList<>();
        addParts(condition, nodes);
        List<String> parts = texts(nodes, where + "WHERE".length());
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Set<String> values = new LinkedHashSet<>();
        nodes.forEach(node -> addValues(node, values));
        List<String> columns = expressions(nodes, parts);
        List<LogicalType> types =
                values.isEmpty()
                        ? List.of()
                        : session
                                .tables()
                                .sqlQuery("SELECT " + String.join(", ", values) + " " + from)
                                .getResolvedSchema()
                                .getColumnDataTypes()
                                .stream()
                                .map(type -> type.getLogicalType())
                                .toList();
        int next = 0;
        for (String value : values) {
            columns.add(text(value, types.get(next++)));
        }
        String query = "SELECT " + String.join(", ", columns) + " " + from;
        session.tables().sqlQuery(query);
        return Optional.of(
                new Probe(
                        "WHERE",
                        rule.statement().file().line(where),
                        parts.stream().map(part -> part.replaceAll("\\s+", " ")).toList(),
                        List.copyOf(values),
                        query));
    }

    private static void addParts(SqlNode node, List<SqlNode> parts) {
        if (node.getKind() == SqlKind.AND) {
            ((SqlCall) node).getOperandList().forEach(operand -> addParts(operand, parts));
        } else {
            parts.add(node);
        }
    }

    /** The parts as they are written; none if one cannot be told from the text around it. */
    private List<String> texts(List<SqlNode> nodes, int begin) {
        List<String> texts = new ArrayList<>();
        int from = begin;
        for (int i = 0; i < nodes.size(); i++) {
            int end = rule.endOffset(nodes.get(i));
            int next;
            if (i + 1 < nodes.size()) {
                Matcher and = AND.matcher(text.code()).region(end, rule.offset(nodes.get(i + 1)));
                if (!and.find()) {
                    return List.of();
                }
                end = and.start();
                next = and.end();
            } else {
                end = text.closed(from, end);
                next = end;
            }
            String part = text.substring(from, end).strip();
            if (!isText(part, nodes.get(i))) {
                return List.of();
            }
            texts.add(part);
            from = next;
        }
        return texts;
    }

    private static boolean isText(String text, SqlNode node) {
        try {
            return FlinkParser.parse("SELECT (" + text + ") FROM t") instanceof SqlSelect select
                    && select.getSelectList().get(0).equalsDeep(node, Litmus.IGNORE);
        } catch (SqlParseException e) {
            return false;
        }
    }

    private static void addValues(SqlNode node, Set<String> values) {
        if (node instanceof SqlIdentifier name) {
            if (!name.isStar() && values.size() < MOST_VALUES) {
                values.add(name.toString().isEmpty() ? "" : quoted(name));
            }
        } else if (node instanceof SqlCall call && !(node instanceof SqlSelect)) {
            for (SqlNode operand : call.getOperandList()) {
                if (operand != null) {
                    addValues(operand, values);
                }
            }
        } else if (node instanceof SqlNodeList list) {
            list.forEach(element -> addValues(element, values));
        }
    }

    private static String quoted(SqlIdentifier name) {
        return String.join(
                ".",
                name.names.stream()
                        .map(part -> part.matches("[a-zA-Z_]\\w*") ? part : Session.quoted(part))
                        .toList());
    }

    private static List<String> expressions(List<SqlNode> nodes, List<String> parts) {
        List<String> expressions = new ArrayList<>();
        List<String> before = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = "(" + parts.get(i) + ")";
            if (hasQuery(nodes.get(i))) {
                expressions.add("'?'");
                continue;
            }
            String told = "COALESCE(CAST(" + part + " AS STRING), 'NULL')";
            expressions.add(
                    before.isEmpty() || QueryText.isSafe(nodes.get(i))
                            ? told
                            : "CASE WHEN %s THEN %s ELSE '%s' END"
                                    .formatted(
                                            String.join(" AND ", before),
                                            told,
                                            Probe.NOT_LOOKED_AT));
            before.add(part);
        }
        return expressions;
    }

    private static boolean hasQuery(SqlNode node) {
        return node instanceof SqlSelect
                || node instanceof SqlCall call
                        && call.getOperandList().stream().anyMatch(FlinkProbes::hasQuery);
    }

    static String text(String value, LogicalType type) {
        return OutputConversion.of(
                        value,
                        type,
                        Column.physical("text", DataTypes.STRING()),
                        FlinkRules.DEFAULT_UNIT,
                        true)
                .map(OutputConversion::expression)
                .orElse("'?'");
    }
}
