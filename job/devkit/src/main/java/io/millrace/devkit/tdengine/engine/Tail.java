package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Select;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of a query: limits per partition, order, limit. */
record Tail(
        Select select,
        Expressions expressions,
        Relation relation,
        List<ResultColumn> columns,
        Map<Expr, Integer> positions,
        Map<String, Typed> keys,
        boolean aggregated,
        boolean tagsOnly,
        String windowStart) {

    void append(StringBuilder sql) {
        // With ORDER BY the limit is one of the whole result.
        boolean perPartition = !select.partitionBy().isEmpty() && select.orderBy().isEmpty();
        qualify(sql, perPartition);
        order(sql);
        if (perPartition && aggregated && windowStart == null) {
            // One row per partition: a limit of partitions is one of rows.
            limit(sql, select.slimit());
        } else if (!perPartition) {
            limit(sql, select.limit());
        }
    }

    private void qualify(StringBuilder sql, boolean perPartition) {
        if (!perPartition || aggregated && windowStart == null) {
            return;
        }
        String by = String.join(", ", keys.keySet());
        List<String> conditions = new ArrayList<>();
        if (select.limit() != Select.Limit.NONE) {
            String inside = windowStart == null ? relation.time().sql() : windowStart;
            conditions.add(
                    between(
                            "ROW_NUMBER() OVER (PARTITION BY " + by + " ORDER BY " + inside + ")",
                            select.limit()));
        }
        if (select.slimit() != Select.Limit.NONE) {
            conditions.add(between("DENSE_RANK() OVER (ORDER BY " + by + ")", select.slimit()));
        }
        if (!conditions.isEmpty()) {
            sql.append(" QUALIFY ").append(String.join(" AND ", conditions));
        }
    }

    private static String between(String number, Select.Limit limit) {
        return number
                + " > "
                + limit.offset()
                + " AND "
                + number
                + " <= "
                + (limit.offset() + limit.rows());
    }

    private void order(StringBuilder sql) {
        List<String> order = new ArrayList<>();
        for (Select.Order part : select.orderBy()) {
            String nulls =
                    part.nullsFirst() == null
                            ? ""
                            : part.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
            order.add(position(part.expression()) + (part.descending() ? " DESC" : "") + nulls);
        }
        if (order.isEmpty()) {
            natural(order);
        }
        if (!order.isEmpty()) {
            sql.append(" ORDER BY ").append(String.join(", ", order));
        }
    }

    private void natural(List<String> order) {
        if (windowStart != null) {
            order.addAll(keys.keySet());
            order.add(windowStart);
        } else if (!aggregated && !select.distinct() && !tagsOnly) {
            order.addAll(keys.keySet());
            // Tables of a super table come in any order, and with a limit sorting them all is
            // waste.
            boolean any = relation.isSuperTable() && select.limit() != Select.Limit.NONE;
            if (relation.order() != null && !any) {
                order.add(relation.order());
            }
        } else if (tagsOnly && !select.distinct()) {
            order.add("g.TID");
        }
    }

    /** Something selected is named by its alias, its place or by being written again. */
    private String position(Expr expression) {
        if (expression instanceof Expr.Number number) {
            try {
                int place = Integer.parseInt(number.text());
                if (place >= 1 && place <= columns.size()) {
                    return "X" + (place - 1);
                }
            } catch (NumberFormatException noPlace) {
                // refused below
            }
            throw new TaosException(
                    0x2610, "ORDER BY item must be the number of a SELECT-list expression");
        }
        Integer same = positions.get(expression);
        if (same != null) {
            return "X" + same;
        }
        if (expression instanceof Expr.Column column && column.qualifier() == null) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(column.name())) {
                    return "X" + i;
                }
            }
        }
        return expressions.translate(expression).sql();
    }

    private static void limit(StringBuilder sql, Select.Limit limit) {
        if (limit != Select.Limit.NONE) {
            sql.append(" LIMIT ").append(limit.rows()).append(" OFFSET ").append(limit.offset());
        }
    }
}
