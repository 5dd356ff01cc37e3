package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Select;
import java.util.ArrayList;
import java.util.List;

/** Finds queries that are answered from tags alone, without looking at rows. */
final class TagScan {
    private TagScan() {}

    static boolean possible(Select select, Relation relation) {
        List<Expr> all = new ArrayList<>(Items.expressions(select));
        if (select.where() != null) {
            all.add(select.where());
        }
        select.orderBy().forEach(order -> all.add(order.expression()));
        return all.stream()
                .noneMatch(
                        expression ->
                                Aggregates.any(
                                        expression,
                                        part ->
                                                part instanceof Expr.Star
                                                        || part instanceof Expr.Column column
                                                                && !isTag(
                                                                        column, select, relation)));
    }

    private static boolean isTag(Expr.Column column, Select select, Relation relation) {
        boolean alias =
                select.items().stream().anyMatch(item -> column.name().equals(item.alias()));
        return alias || relation.field(column.qualifier(), column.name()).tag();
    }
}
