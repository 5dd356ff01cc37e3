package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The queries of a scan. The time comes first of what is selected: it makes the position.
 * Immutable.
 */
final class ScanQuery {
    /** Which column of a result is the time. */
    static final int TIME = 1;

    private final ReadTable table;
    private final ScanSettings settings;
    private final PredicateRenderer renderer;
    private final Condition condition;

    /** Where each column is in a result, by how it is selected. */
    private final Map<String, Integer> selected = new LinkedHashMap<>();

    /**
     * Makes the queries for a table as it is now.
     *
     * @throws ReadRefusedException if a column is missing
     */
    ScanQuery(ReadTable table, ScanSettings settings) {
        this.table = table;
        this.settings = settings;
        this.renderer = new PredicateRenderer(table, settings.unitsPerSecond());
        this.condition = renderer.renderAll(settings.predicate());
        selected.put(table.time().sql(), TIME);
        for (ScanField field : settings.fields()) {
            selected.putIfAbsent(table.column(field.name()).sql(), selected.size() + 1);
        }
    }

    /** Whether no row can be found. */
    boolean isEmpty() {
        return condition.isNever();
    }

    /** Where a field is in a result, from 1. */
    int position(ScanField field) {
        return selected.get(table.column(field.name()).sql());
    }

    /** Reads a split from where it is, in the order of time. */
    String rows(ScanSplit split) {
        List<Condition> conditions = new ArrayList<>();
        String time = table.time().sql();
        long from = split.readTo() == ScanSplit.NOTHING ? split.from() : split.readTo() + 1;
        if (from != Long.MIN_VALUE) {
            conditions.add(Condition.of(time + " >= " + from));
        }
        if (split.to() != Long.MAX_VALUE) {
            conditions.add(Condition.of(time + " < " + split.to()));
        }
        if (!split.subTables().isEmpty()) {
            conditions.add(
                    Condition.of(
                            split.subTables().stream()
                                    .map(SqlText::literal)
                                    .collect(
                                            Collectors.joining(
                                                    ", ", ReadTable.TABLE_NAME + " IN (", ")"))));
        }
        conditions.add(condition);
        return "SELECT "
                + String.join(", ", selected.keySet())
                + from(Condition.all(conditions))
                + " ORDER BY "
                + time
                + (settings.limit() < 0 ? "" : " LIMIT " + settings.limit());
    }

    /** The first and the last time; may span more than the scan's rows. */
    String timeRange() {
        // Conditions on values would make the server read all of them twice.
        Condition cheap =
                renderer.renderPart(
                        settings.predicate(),
                        column -> column.isTag() || column.sql().equals(table.time().sql()));
        String time = table.time().sql();
        return "SELECT FIRST(" + time + "), LAST(" + time + ")" + from(cheap);
    }

    /** The names of the sub-tables. */
    String subTables() {
        return "SELECT TAGS "
                + ReadTable.TABLE_NAME
                + from(renderer.renderPart(settings.predicate(), ReadColumn::isTag));
    }

    private String from(Condition where) {
        return " FROM " + table.sqlName() + (where.isAlways() ? "" : " WHERE " + where.sql());
    }
}
