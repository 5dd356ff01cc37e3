package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.TaosException;
import java.time.Instant;
import java.util.ArrayList;
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

    private record BatchKey(Series series, List<Column> columns) {}

    private final Map<BatchKey, TextBatch> texts = new HashMap<>();
    private final List<InsertBatch> batches = new ArrayList<>();
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

    TextBatch batch(Target target, List<Column> columns) {
        return texts.computeIfAbsent(
                new BatchKey(target.series(), columns),
                key -> {
                    TextBatch batch = new TextBatch(target, columns);
                    batches.add(batch);
                    return batch;
                });
    }

    void add(InsertBatch batch) {
        batches.add(batch);
    }

    List<InsertBatch> batches() {
        return batches;
    }

    /** Merges rows of equal time and refuses times that the database does not keep. */
    void finish(Instant now) {
        for (InsertBatch batch : batches) {
            batch.merge();
            Database database = batch.target().series().database();
            long earliest = database.precision().ticks(now.minusMillis(database.keepMillis()));
            long latest =
                    database.precision().perSecond() > 1_000_000
                            ? Long.MAX_VALUE
                            : database.precision().ticks(Instant.ofEpochMilli(LATEST_MILLIS));
            int rows = batch.size();
            for (int row = 0; row < rows; row++) {
                long time = batch.time(row);
                if (time < earliest || time > latest) {
                    throw new TaosException(0x60b, "Timestamp data out of range");
                }
            }
        }
    }
}
