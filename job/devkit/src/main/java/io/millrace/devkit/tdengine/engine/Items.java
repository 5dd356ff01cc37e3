package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Select;
import io.millrace.devkit.tdengine.sql.Select.Item;
import io.millrace.devkit.tdengine.sql.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Spells out what {@code *}, {@code last(*)} and {@code last(a, b)} stand for, and names it all.
 */
final class Items {
    private static final Set<String> BY_TIME = Set.of("first", "last", "last_row");

    private Items() {}

    /** The same items, each of one column, and each with an alias, which is its column's name. */
    static List<Item> expand(List<Item> items, Relation relation) {
        List<Item> expanded = new ArrayList<>();
        for (Item item : items) {
            if (item.expression() instanceof Expr.Star star) {
                for (Relation.Field field : relation.columns(star.qualifier())) {
                    expanded.add(column(field));
                }
            } else if (item.expression() instanceof Expr.Call call
                    && BY_TIME.contains(call.name())) {
                byTime(item, call, relation, expanded);
            } else {
                expanded.add(new Item(item.expression(), name(item), item.text()));
            }
        }
        return expanded;
    }

    private static Item column(Relation.Field field) {
        return new Item(new Expr.Column(null, field.name()), field.name(), field.name());
    }

    private static void byTime(Item item, Expr.Call call, Relation relation, List<Item> expanded) {
        List<Expr> arguments = call.arguments();
        if (arguments.size() == 1 && !(arguments.get(0) instanceof Expr.Star)) {
            expanded.add(new Item(call, name(item), item.text()));
            return;
        }
        for (Expr argument : arguments) {
            List<Expr> values =
                    argument instanceof Expr.Star
                            ? relation.valueColumns().stream()
                                    .<Expr>map(f -> new Expr.Column(null, f.name()))
                                    .toList()
                            : List.of(argument);
            for (Expr value : values) {
                String name = value instanceof Expr.Column column ? column.name() : item.text();
                Expr.Call single = new Expr.Call(call.name(), List.of(value));
                expanded.add(new Item(single, call.name() + "(" + name + ")", item.text()));
            }
        }
    }

    /** The alias, the column's name, or the expression as written in lower case. */
    private static String name(Item item) {
        if (item.alias() != null) {
            return item.alias();
        }
        if (item.expression() instanceof Expr.Column column) {
            return column.name();
        }
        return Strings.lowerCase(item.text());
    }

    static boolean isWindowColumn(Expr expression) {
        return expression instanceof Expr.Column column
                && column.qualifier() == null
                && column.name().startsWith("_w");
    }

    static List<Expr> expressions(Select select) {
        return select.items().stream().map(Item::expression).toList();
    }
}
