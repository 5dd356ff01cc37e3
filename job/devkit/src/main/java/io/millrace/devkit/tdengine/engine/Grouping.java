package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Select;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.List;
import java.util.Set;

/** Translates what is selected from groups: keys, functions of groups, and tags along with them. */
final class Grouping {
    private final Expressions expressions;
    private final Relation relation;
    private final Set<String> keys;
    private final Select select;

    Grouping(Expressions expressions, Relation relation, Set<String> keys, Select select) {
        this.expressions = expressions;
        this.relation = relation;
        this.keys = keys;
        this.select = select;
    }

    Typed translate(Expr expression) {
        Typed value = expressions.translate(expression);
        if (keys.contains(value.sql())
                || Items.isWindowColumn(expression)
                || Aggregates.in(expression)
                || isConstant(expression)) {
            return value;
        }
        if (expression instanceof Expr.Column column) {
            if (!keys.isEmpty() && relation.field(column.qualifier(), column.name()).tag()) {
                return new Typed("ANY_VALUE(" + value.sql() + ")", value.type());
            }
            String row = selectedRow(value);
            if (row != null) {
                return new Typed(row, value.type());
            }
        }
        if (usesKeysOnly(expression)) {
            return value;
        }
        throw keys.isEmpty()
                ? new TaosException(0x260c, "Not a single-group group function")
                : new TaosException(0x260a, "Not a GROUP BY expression");
    }

    /** Columns beside one {@code max(x)} or {@code last(x)} are those of the row it comes from. */
    private String selectedRow(Typed column) {
        List<Expr> calls = Items.expressions(select).stream().filter(Aggregates::in).toList();
        if (calls.stream().allMatch(Grouping::isLastRow) && !calls.isEmpty()) {
            return "TD_LAST_ROW(" + column.sql() + ", " + relation.time().sql() + ")";
        }
        if (calls.stream().distinct().count() != 1
                || !(calls.get(0) instanceof Expr.Call call)
                || call.arguments().size() != 1
                || call.arguments().get(0) instanceof Expr.Star) {
            return null;
        }
        String value = expressions.translate(call.arguments().get(0)).sql();
        String key =
                switch (call.name()) {
                    case "max", "min" -> value;

                    case "first", "last" ->
                            "CASE WHEN "
                                    + value
                                    + " IS NOT NULL THEN "
                                    + relation.time().sql()
                                    + " END";
                    default -> null;
                };
        boolean first = call.name().equals("min") || call.name().equals("first");
        return key == null
                ? null
                : (first ? "TD_FIRST_ROW(" : "TD_LAST_ROW(") + column.sql() + ", " + key + ")";
    }

    private static boolean isLastRow(Expr expression) {
        return expression instanceof Expr.Call call && call.name().equals("last_row");
    }

    private boolean usesKeysOnly(Expr expression) {
        return !Aggregates.any(
                expression,
                part ->
                        part instanceof Expr.Column
                                && !keys.contains(expressions.translate(part).sql()));
    }

    private static boolean isConstant(Expr expression) {
        return !Aggregates.any(expression, part -> part instanceof Expr.Column);
    }
}
