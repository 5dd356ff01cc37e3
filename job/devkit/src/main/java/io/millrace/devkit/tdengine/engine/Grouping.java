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
            if (onlyLastRow()) {
                return new Typed(
                        "TD_LAST_ROW(" + value.sql() + ", " + relation.time().sql() + ")",
                        value.type());
            }
        }
        if (usesKeysOnly(expression)) {
            return value;
        }
        throw keys.isEmpty()
                ? new TaosException(0x260c, "Not a single-group group function")
                : new TaosException(0x260a, "Not a GROUP BY expression");
    }

    /** Columns beside {@code last_row(x)} are those of the same row. */
    private boolean onlyLastRow() {
        List<Expr> calls = Items.expressions(select).stream().filter(Aggregates::in).toList();
        return !calls.isEmpty()
                && calls.stream()
                        .allMatch(
                                call -> call instanceof Expr.Call c && c.name().equals("last_row"));
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
