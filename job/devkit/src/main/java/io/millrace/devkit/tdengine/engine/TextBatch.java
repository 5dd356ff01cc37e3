package io.millrace.devkit.tdengine.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that the text of an INSERT has. Of equal keys a later value wins unless it is NULL. */
final class TextBatch implements InsertBatch {
    private final InsertPlan.Target target;
    private final List<Column> columns;
    private final int[] keys;
    private final List<Object[]> rows = new ArrayList<>();
    private boolean ascending = true;

    TextBatch(InsertPlan.Target target, List<Column> columns) {
        this.target = target;
        this.columns = columns;
        this.keys = Column.keys(columns);
    }

    @Override
    public InsertPlan.Target target() {
        return target;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long time(int row) {
        return time(rows.get(row));
    }

    private long time(Object[] row) {
        return (Long) row[keys[0]];
    }

    void add(Object[] row) {
        ascending = ascending && (rows.isEmpty() || time(rows.get(rows.size() - 1)) < time(row));
        rows.add(row);
    }

    @Override
    public void merge() {
        if (ascending) {
            return;
        }
        Map<List<Object>, Object[]> merged = new LinkedHashMap<>();
        for (Object[] row : rows) {
            List<Object> key =
                    keys.length == 1
                            ? List.of(row[keys[0]])
                            : Arrays.asList(row[keys[0]], row[keys[1]]);
            Object[] earlier = merged.putIfAbsent(key, row);
            for (int i = 0; earlier != null && i < row.length; i++) {
                if (row[i] != null) {
                    earlier[i] = row[i];
                }
            }
        }
        rows.clear();
        rows.addAll(merged.values());
        ascending = true;
    }

    @Override
    public void set(int row, PreparedStatement statement) throws SQLException {
        Object[] values = rows.get(row);
        for (int i = 0; i < values.length; i++) {
            InsertWriter.set(statement, i + 2, values[i]);
        }
    }
}
