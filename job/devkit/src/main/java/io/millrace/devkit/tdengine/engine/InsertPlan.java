package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.TaosException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that one INSERT is going to write. Nothing of it is written yet. */
final class InsertPlan {
    private static final long LATEST_MILLIS = 1000L * 366 * 86_400_000L;

    /**
     * A table that rows go to. If it is new it is not in its super table yet and has tag values.
     *
     * @param tags values for all tags of a new sub-table, or null
     */
    record Target(Series series, Object[] tags) {}

    /** Rows of one table that give values to the same columns. */
    static final class Batch {
        private final Target target;
        private final List<Column> columns;
        private final int[] keys;
        private final List<Object[]> rows = new ArrayList<>();
        private boolean ascending = true;

        Batch(Target target, List<Column> columns) {
            this.target = target;
            this.columns = columns;
            this.keys = keys(columns);
        }

        private static int[] keys(List<Column> columns) {
            int[] keys = new int[columns.size()];
            int count = 0;
            for (int i = 0; i < keys.length; i++) {
                if (columns.get(i).kind() == Column.Kind.TIME) {
                    keys[count++] = i;
                }
            }
            for (int i = 0; i < keys.length; i++) {
                if (columns.get(i).kind() == Column.Kind.KEY) {
                    keys[count++] = i;
                }
            }
            return Arrays.copyOf(keys, count);
        }

        Target target() {
            return target;
        }

        List<Column> columns() {
            return columns;
        }

        List<Object[]> rows() {
            return rows;
        }

        long time(Object[] row) {
            return (Long) row[keys[0]];
        }

        void add(Object[] row) {
            ascending =
                    ascending && (rows.isEmpty() || time(rows.get(rows.size() - 1)) < time(row));
            rows.add(row);
        }

        /** Makes one row of those with equal keys; a later value wins unless it is NULL. */
        void merge() {
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
    }

    private record BatchKey(Series series, List<Column> columns) {}

    private final Map<BatchKey, Batch> batches = new LinkedHashMap<>();
    private final Map<SuperTable, Map<String, Target>> created = new HashMap<>();

    /** The target that this statement creates, if it has named it already; else null. */
    Target created(SuperTable parent, String name) {
        Map<String, Target> targets = created.get(parent);
        return targets == null ? null : targets.get(name);
    }

    Target create(SuperTable parent, String name, Object[] tags) {
        SubTable table = new SubTable(parent, name, System.currentTimeMillis(), 0);
        Target target = new Target(table, tags);
        created.computeIfAbsent(parent, any -> new LinkedHashMap<>()).put(name, target);
        return target;
    }

    /** All tables that this statement creates. */
    List<Target> created() {
        return created.values().stream().flatMap(map -> map.values().stream()).toList();
    }

    Batch batch(Target target, List<Column> columns) {
        return batches.computeIfAbsent(
                new BatchKey(target.series(), columns), key -> new Batch(target, columns));
    }

    Collection<Batch> batches() {
        return batches.values();
    }

    /** Merges rows of equal time and refuses times that the database does not keep. */
    void finish(Instant now) {
        for (Batch batch : batches.values()) {
            batch.merge();
            Database database = batch.target().series().database();
            long earliest = database.precision().ticks(now.minusMillis(database.keepMillis()));
            long latest =
                    database.precision().perSecond() > 1_000_000
                            ? Long.MAX_VALUE
                            : database.precision().ticks(Instant.ofEpochMilli(LATEST_MILLIS));
            for (Object[] row : batch.rows()) {
                long time = batch.time(row);
                if (time < earliest || time > latest) {
                    throw new TaosException(0x60b, "Timestamp data out of range");
                }
            }
        }
    }
}
