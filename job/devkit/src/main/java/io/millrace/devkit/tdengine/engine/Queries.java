package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.Select;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Turns a query of TDengine into one of H2. Belongs to one statement. */
final class Queries {
    /**
     * A query for H2, whose columns are named X0, X1, …
     *
     * @param columns what TDengine calls them, and their types
     * @param precision unit of the times in it
     */
    record Translated(String sql, List<ResultColumn> columns, Precision precision) {}

    private final BiFunction<Select.Table, Session, Relation> tables;
    private final Session session;
    private final TimeReader times;

    Queries(BiFunction<Select.Table, Session, Relation> tables, Session session, TimeReader times) {
        this.tables = tables;
        this.session = session;
        this.times = times;
    }

    Translated translate(Select select) {
        Relation relation = relation(select.from());
        return new Query(select, relation).translate();
    }

    private Relation relation(Select.Source source) {
        if (source == null) {
            return Relation.none();
        }
        if (source instanceof Select.Table table) {
            return tables.apply(table, session);
        }
        if (source instanceof Select.SubQuery inner) {
            Translated translated = translate(inner.select());
            return derived(translated.sql(), inner.alias(), translated);
        }
        Select.Union union = (Select.Union) source;
        List<Translated> parts = union.selects().stream().map(this::translate).toList();
        String sql =
                parts.stream()
                        .map(part -> "(" + part.sql() + ")")
                        .collect(Collectors.joining(union.all() ? " UNION ALL " : " UNION "));
        Relation relation = derived(sql, null, parts.get(0));
        Select outer =
                new Select(
                        false,
                        false,
                        List.of(new Select.Item(new Expr.Star(null), null, "*")),
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        null,
                        union.orderBy(),
                        Select.Limit.NONE,
                        union.limit());
        Translated ordered = new Query(outer, relation).translate();
        return derived(ordered.sql(), null, ordered);
    }

    private static Relation derived(String sql, String alias, Translated translated) {
        return Relation.derived(
                "(" + sql + ")", alias, translated.precision(), translated.columns());
    }

    /** The translation of one SELECT. */
    private final class Query {
        private final Select select;
        private final Relation relation;
        private final Expressions expressions;
        private final Map<Expr, Typed> windowColumns = new HashMap<>();
        private final boolean aggregated;
        private String windowStart;

        Query(Select select, Relation relation) {
            this.select = select;
            this.relation = relation;
            if (select.window() != null) {
                window();
            }
            this.expressions = new Expressions(relation, times, session, windowColumns);
            this.aggregated =
                    select.window() != null
                            || !select.groupBy().isEmpty()
                            || select.items().stream()
                                    .anyMatch(item -> Aggregates.in(item.expression()));
        }

        private void window() {
            Precision precision = relation.precision();
            Expr.Duration width = select.window().width();
            Expr.Duration offset = select.window().offset();
            long ticks = precision.ticks(width.amount(), width.unit());
            long shift = offset == null ? 0 : precision.ticks(offset.amount(), offset.unit());
            if (ticks >= precision.ticks(1, 'd')) {
                // Whole days begin at midnight of the session's zone.
                shift -=
                        times.zone().getRules().getOffset(times.now()).getTotalSeconds()
                                * precision.perSecond();
            }
            String time = relation.time().sql();
            windowStart =
                    "(FLOOR(("
                            + time
                            + " - "
                            + shift
                            + ") / CAST("
                            + ticks
                            + " AS NUMERIC(20))) * "
                            + ticks
                            + " + "
                            + shift
                            + ")";
            String start = "CAST(" + windowStart + " AS BIGINT)";
            windowStart = start;
            put("_wstart", start, DataType.TIMESTAMP);
            // H2 knows a group's expression only as a whole, not inside another one.
            put("_wend", "(MAX(" + start + ") + " + ticks + ")", DataType.TIMESTAMP);
            put("_wduration", "CAST(" + ticks + " AS BIGINT)", DataType.BIGINT);
        }

        private void put(String name, String sql, DataType type) {
            windowColumns.put(new Expr.Column(null, name), Typed.of(sql, type));
        }

        Translated translate() {
            Map<String, Typed> keys = keys();
            Map<Expr, Integer> positions = new LinkedHashMap<>();
            List<ResultColumn> columns = new ArrayList<>();
            List<String> selected = new ArrayList<>();
            for (Select.Item item : Items.expand(select.items(), relation)) {
                Typed value =
                        aggregated
                                ? new Grouping(expressions, relation, keys.keySet(), select)
                                        .translate(item.expression())
                                : expressions.translate(item.expression());
                positions.putIfAbsent(item.expression(), columns.size());
                selected.add(value.sql() + " AS X" + columns.size());
                columns.add(new ResultColumn(item.alias(), value.type()));
            }
            boolean tagsOnly =
                    relation.isSuperTable()
                            && (select.tagsOnly() || select.distinct() && !aggregated)
                            && TagScan.possible(select, relation);
            String where = where();
            StringBuilder sql = new StringBuilder("SELECT ");
            sql.append(select.distinct() && !tagsOnly ? "DISTINCT " : "");
            sql.append(tagsOnly && select.distinct() ? "DISTINCT " : "");
            sql.append(String.join(", ", selected));
            sql.append(tagsOnly ? relation.fromTags() : relation.from());
            sql.append(where);
            grouping(sql, keys);
            new Tail(
                            select,
                            expressions,
                            relation,
                            columns,
                            positions,
                            keys,
                            aggregated,
                            tagsOnly,
                            windowStart)
                    .append(sql);
            return new Translated(sql.toString(), columns, relation.precision());
        }

        /** What rows are grouped by, in H2's words. */
        private Map<String, Typed> keys() {
            Map<String, Typed> keys = new LinkedHashMap<>();
            for (Select.Item item : select.partitionBy()) {
                Typed key = expressions.translate(item.expression());
                keys.put(key.sql(), key);
            }
            for (Expr expression : select.groupBy()) {
                Typed key = expressions.translate(expression);
                keys.put(key.sql(), key);
            }
            return keys;
        }

        private String where() {
            List<String> conditions = new ArrayList<>();
            if (relation.condition() != null) {
                conditions.add(relation.condition());
            }
            if (select.where() != null) {
                if (Aggregates.in(select.where())) {
                    throw new TaosException(0x2608, "There mustn't be aggregation");
                }
                conditions.add(expressions.translate(select.where()).sql());
            }
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }

        private void grouping(StringBuilder sql, Map<String, Typed> keys) {
            if (!aggregated) {
                return;
            }
            List<String> by = new ArrayList<>(keys.keySet());
            if (windowStart != null) {
                by.add(windowStart);
            }
            if (!by.isEmpty()) {
                sql.append(" GROUP BY ").append(String.join(", ", by));
            }
            List<String> having = new ArrayList<>();
            if (by.isEmpty() && !Aggregates.alwaysGiveARow(select.items())) {
                having.add("COUNT(*) > 0");
            }
            if (select.having() != null) {
                having.add(expressions.translate(select.having()).sql());
            }
            if (!having.isEmpty()) {
                sql.append(" HAVING ").append(String.join(" AND ", having));
            }
        }
    }
}
