package io.millrace.rule.plan;

import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import io.millrace.rule.emqx.syntax.Step;
import io.millrace.rule.payload.Topic;
import io.millrace.tdengine.catalog.TDengineCatalog;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.declared.DeclaredTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Makes up the tables that rules write where there is no server to ask and nobody has declared
 * them: their columns are those of the rule, and their types what its expressions and the payloads
 * at hand suggest. Only for trials, which say so.
 */
final class AssumedTables {
    private static final String TIME = "TIMESTAMP";
    private static final String NUMBER = "DOUBLE";
    private static final String WHOLE = "BIGINT";
    private static final String BOOLEAN = "BOOL";
    private static final String TEXT = "NCHAR(256)";
    private static final String TABLE_NAME = "tbname";
    private static final Pattern SUB_TABLE =
            Pattern.compile("'sub-table'\\s*=\\s*'([^']*)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\s*(\\w+)\\s*}");

    private final Session session;
    private final PayloadGuess payload;

    AssumedTables(Session session, PayloadGuess payload) {
        this.session = session;
        this.payload = payload;
    }

    /**
     * Declares what the rules write.
     *
     * @return the definitions
     */
    List<String> declare(List<Rule> rules) {
        List<String> definitions = new ArrayList<>();
        for (Rule rule : rules) {
            ObjectIdentifier path =
                    Session.qualify(rule.target().names, rule.catalog(), rule.database());
            session.tables()
                    .getCatalog(path.getCatalogName())
                    .filter(TDengineCatalog.class::isInstance)
                    .map(TDengineCatalog.class::cast)
                    .filter(catalog -> !catalog.tableExists(path.toObjectPath()))
                    .flatMap(TDengineCatalog::declared)
                    .ifPresent(tables -> declare(rule, path, tables, definitions));
        }
        return definitions;
    }

    private void declare(
            Rule rule, ObjectIdentifier path, DeclaredTables tables, List<String> definitions) {
        Map<String, String> columns = rule.emqx().isPresent() ? emqx(rule) : flink(rule);
        if (columns.size() > 1) {
            String definition = definition(rule, path, columns);
            tables.apply(definition);
            definitions.add(definition);
        }
    }

    private static String definition(
            Rule rule, ObjectIdentifier path, Map<String, String> columns) {
        String time =
                first(columns, column -> column.getKey().equalsIgnoreCase("ts"))
                        .or(() -> first(columns, column -> column.getValue().equals(TIME)))
                        .orElseGet(() -> columns.keySet().iterator().next());
        List<String> tags = tags(rule, columns, time);
        List<String> plain = new ArrayList<>();
        plain.add(SqlText.name(time) + " " + TIME);
        columns.forEach(
                (name, type) -> {
                    if (!name.equals(time) && !name.equals(TABLE_NAME) && !tags.contains(name)) {
                        plain.add(SqlText.name(name) + " " + type);
                    }
                });
        String definition =
                "CREATE %s %s.%s (%s)"
                        .formatted(
                                tags.isEmpty() ? "TABLE" : "STABLE",
                                SqlText.name(path.getDatabaseName()),
                                SqlText.name(path.getObjectName()),
                                String.join(", ", plain));
        return tags.isEmpty()
                ? definition
                : definition
                        + tags.stream()
                                .map(tag -> SqlText.name(tag) + " " + columns.get(tag))
                                .collect(Collectors.joining(", ", " TAGS (", ")"));
    }

    private static Optional<String> first(
            Map<String, String> columns, Predicate<Map.Entry<String, String>> wanted) {
        return columns.entrySet().stream().filter(wanted).map(Map.Entry::getKey).findFirst();
    }

    /** A rule that names sub-tables writes a super table, whose tags make their names. */
    private static List<String> tags(Rule rule, Map<String, String> columns, String time) {
        Matcher template = SUB_TABLE.matcher(rule.hints());
        boolean named = template.find();
        if (!named && !columns.containsKey(TABLE_NAME)) {
            return List.of();
        }
        List<String> tags = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(named ? template.group(1) : "");
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (columns.containsKey(name) && !name.equals(time) && !tags.contains(name)) {
                tags.add(name);
            }
        }
        if (tags.isEmpty()) {
            columns.forEach(
                    (name, type) -> {
                        if (type.equals(TEXT) && !name.equals(TABLE_NAME)) {
                            tags.add(name);
                        }
                    });
        }
        return tags;
    }

    private Map<String, String> flink(Rule rule) {
        SqlNode query = rule.query();
        while (!(query instanceof SqlSelect)) {
            if (query instanceof SqlOrderBy ordered) {
                query = ordered.query;
            } else if (query instanceof SqlCall call && call.operandCount() > 0) {
                query = call.operand(call.getKind() == SqlKind.WITH ? 1 : 0);
            } else {
                return Map.of();
            }
        }
        Map<String, String> columns = new LinkedHashMap<>();
        List<SqlNode> items = ((SqlSelect) query).getSelectList();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            boolean named = item.getKind() == SqlKind.AS;
            SqlNode value = named ? ((SqlCall) item).operand(0) : item;
            String name =
                    rule.columns().isPresent() && i < rule.columns().get().size()
                            ? rule.columns().get().get(i).getSimple()
                            : named
                                    ? ((SqlCall) item).operand(1).toString()
                                    : value instanceof SqlIdentifier identifier
                                            ? identifier.names.get(identifier.names.size() - 1)
                                            : "c" + i;
            columns.put(name, type(rule, value));
        }
        return columns;
    }

    private String type(Rule rule, SqlNode value) {
        if (value instanceof SqlIdentifier name) {
            int at = name.names.indexOf(Topic.PAYLOAD);
            return at < 0
                    ? metadata(name.names.get(name.names.size() - 1))
                    : member(name.names.subList(at + 1, name.names.size()));
        }
        if (value instanceof SqlLiteral literal) {
            return literal instanceof SqlNumericLiteral
                    ? NUMBER
                    : literal.getValue() instanceof Boolean ? BOOLEAN : TEXT;
        }
        if (!(value instanceof SqlCall call)) {
            return TEXT;
        }
        return switch (call.getKind()) {
            case CAST -> cast(rule, call.operand(1));
            case PLUS, MINUS, TIMES, DIVIDE, MOD, AVG, SUM, MINUS_PREFIX -> NUMBER;
            case MIN, MAX -> type(rule, call.operand(0));
            case COUNT -> WHOLE;
            case EQUALS, NOT_EQUALS, LESS_THAN, GREATER_THAN, AND, OR, NOT, IS_NULL, IS_NOT_NULL ->
                    BOOLEAN;
            default -> function(rule, call);
        };
    }

    private String function(Rule rule, SqlCall call) {
        String name = call.getOperator().getName().toLowerCase(java.util.Locale.ROOT);
        return switch (name) {
            case "now_timestamp", "rfc3339_to_unix_ts", "date_to_unix_ts" -> WHOLE;
            case "to_ts", "to_timestamp", "to_timestamp_ltz", "current_timestamp" -> TIME;
            case "try_cast" -> cast(rule, call.operand(1));
            case "coalesce", "min", "max" -> type(rule, call.operand(0));
            case "avg", "sum", "round", "abs" -> NUMBER;
            case "count" -> WHOLE;
            default -> TEXT;
        };
    }

    private String cast(Rule rule, SqlNode type) {
        LogicalType read = session.type(rule.text(type));
        if (read.is(LogicalTypeFamily.NUMERIC)) {
            return read.is(LogicalTypeFamily.INTEGER_NUMERIC) ? WHOLE : NUMBER;
        }
        return read.is(LogicalTypeFamily.TIMESTAMP)
                ? TIME
                : read.is(LogicalTypeRoot.BOOLEAN) ? BOOLEAN : TEXT;
    }

    private static String metadata(String name) {
        return switch (name) {
            case "received_at", "window_start", "window_end", "window_time" -> TIME;
            case "qos" -> "INT";
            case "message_id", "message_expiry" -> WHOLE;
            case "retain", "dup" -> BOOLEAN;
            default -> TEXT;
        };
    }

    private String member(List<String> path) {
        return payload.of(path)
                .map(
                        sort ->
                                switch (sort) {
                                    case NUMBER -> NUMBER;
                                    case BOOLEAN -> BOOLEAN;
                                    case TEXT -> TEXT;
                                })
                .orElse(TEXT);
    }

    private Map<String, String> emqx(Rule rule) {
        RuleStatement statement;
        try {
            statement = EmqxRule.compile(rule.emqx().orElseThrow().rule()).statement();
        } catch (EmqxSyntaxException e) {
            // Planning the rule tells.
            return Map.of();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (Field field : statement.output().orElse(statement.fields())) {
            if (field instanceof Field.Item item) {
                String name =
                        item.alias()
                                .map(Expr.Path::root)
                                .orElse(item.value() instanceof Expr.Path path ? last(path) : null);
                if (name != null) {
                    columns.put(name, type(item.value()));
                }
            }
        }
        return columns;
    }

    private String type(Expr value) {
        if (value instanceof Expr.Constant constant) {
            return constant.value() instanceof Number
                    ? NUMBER
                    : constant.value() instanceof Boolean ? BOOLEAN : TEXT;
        }
        if (value instanceof Expr.Arithmetic || value instanceof Expr.Sign) {
            return NUMBER;
        }
        if (value instanceof Expr.Call call) {
            return call.name().startsWith("now_timestamp") ? WHOLE : TEXT;
        }
        if (!(value instanceof Expr.Path path)) {
            return TEXT;
        }
        List<String> names = names(path);
        return switch (path.root()) {
            case Topic.PAYLOAD -> member(names.subList(1, names.size()));
            case "timestamp", "publish_received_at" -> TIME;
            case "qos" -> "INT";
            default -> member(names.subList(1, names.size()));
        };
    }

    private static List<String> names(Expr.Path path) {
        return path.steps().stream()
                .filter(Step.Key.class::isInstance)
                .map(step -> ((Step.Key) step).name())
                .toList();
    }

    private static String last(Expr.Path path) {
        List<String> names = names(path);
        return names.get(names.size() - 1);
    }
}
