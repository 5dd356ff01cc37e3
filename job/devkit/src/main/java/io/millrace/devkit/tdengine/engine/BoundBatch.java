package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of one table that were bound to a statement. Of equal keys the last row wins whole, its
 * NULLs included, unlike in the text of an INSERT.
 */
final class BoundBatch implements InsertBatch {
    private final InsertPlan.Target target;
    private final List<Column> columns;
    private final int[] keys;
    private final List<List<BoundColumn>> parts = new ArrayList<>();
    private int size;
    // Each row's part in the upper half and its place there in the lower one; null as long as all
    // rows are those of the only part.
    private long[] rows;

    BoundBatch(InsertPlan.Target target, List<Column> columns) {
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

    /** Adds rows, or refuses them if one has no time. */
    void add(List<BoundColumn> part) {
        BoundColumn times = part.get(keys[0]);
        for (int i = 0; i < times.rows(); i++) {
            if (times.isNull(i)) {
                throw new TaosException(0x118, "Invalid parameters");
            }
        }
        parts.add(part);
        size += times.rows();
    }

    @Override
    public void merge() {
        boolean ascending = true;
        long last = Long.MIN_VALUE;
        long[] all = parts.size() == 1 ? null : new long[size];
        int at = 0;
        for (int part = 0; part < parts.size(); part++) {
            BoundColumn times = parts.get(part).get(keys[0]);
            for (int i = 0; i < times.rows(); i++) {
                long time = times.longAt(i, DataType.TIMESTAMP);
                ascending &= time > last || at == 0;
                last = time;
                if (all != null) {
                    all[at] = (long) part << 32 | i;
                }
                at++;
            }
        }
        rows = all;
        if (!ascending) {
            keepLast();
        }
    }

    private void keepLast() {
        Map<Object, Long> lastOf = new LinkedHashMap<>();
        for (int part = 0; part < parts.size(); part++) {
            for (int i = 0; i < parts.get(part).get(0).rows(); i++) {
                lastOf.put(key(part, i), (long) part << 32 | i);
            }
        }
        rows = lastOf.values().stream().mapToLong(Long::longValue).toArray();
        size = rows.length;
    }

    private Object key(int part, int row) {
        List<BoundColumn> values = parts.get(part);
        Long time = values.get(keys[0]).longAt(row, DataType.TIMESTAMP);
        return keys.length == 1
                ? time
                : Arrays.asList(time, values.get(keys[1]).object(row, columns.get(keys[1]).type()));
    }

    @Override
    public int size() {
        return size;
    }

    private List<BoundColumn> part(int row) {
        return parts.get(rows == null ? 0 : (int) (rows[row] >>> 32));
    }

    private int place(int row) {
        return rows == null ? row : (int) rows[row];
    }

    @Override
    public long time(int row) {
        return part(row).get(keys[0]).longAt(place(row), DataType.TIMESTAMP);
    }

    @Override
    public void set(int row, PreparedStatement statement) throws SQLException {
        List<BoundColumn> values = part(row);
        int place = place(row);
        for (int i = 0; i < columns.size(); i++) {
            values.get(i).set(place, columns.get(i).type(), statement, i + 2);
        }
    }
}
