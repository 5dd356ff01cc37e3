package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.EncodingRules;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.RowEncoder;
import io.millrace.tdengine.sink.row.RowRejectedException;
import io.millrace.tdengine.sink.row.RowValues;
import org.apache.flink.table.data.RowData;

/** Puts rows into batches, one after the other. Task thread only. */
final class BatchBuilder {
    private static final int MAX_TABLE_ENTRIES = 100_000;

    private final TDengineSinkSettings settings;
    private final TimestampCollisions collisions;
    private final TableEntries tables = new TableEntries(MAX_TABLE_ENTRIES);
    private RowBatch batch;
    private long batchNumber;

    BatchBuilder(TDengineSinkSettings settings, TimestampCollisions collisions) {
        this.settings = settings;
        this.collisions = collisions;
        this.batch = newBatch();
    }

    /** What a batch has room for at first. */
    int initialBytes() {
        return Math.min(64 << 10, settings.batch().maxBytes());
    }

    RowBatch newBatch() {
        boolean merge = settings.rules().nullHandling() == EncodingRules.NullHandling.SKIP;
        return new RowBatch(batchNumber++, merge, initialBytes());
    }

    /** The batch being built. */
    RowBatch batch() {
        return batch;
    }

    /** Begins the next batch, in an old one's memory, and returns the one that was being built. */
    RowBatch swap(RowBatch old) {
        RowBatch built = batch;
        old.reset(batchNumber++);
        tables.trim();
        batch = old;
        return built;
    }

    /**
     * Adds a row.
     *
     * @param namedByRow whether only the row knows of the table
     * @throws RowRejectedException if it can never be written; then nothing was added
     */
    void add(RowData row, RowEncoder encoder, String table, boolean namedByRow)
            throws RowRejectedException {
        TableEntry entry = tables.get(table);
        boolean isNew = entry == null;
        if (isNew) {
            entry =
                    new TableEntry(
                            encoder.target().database(), table, encoder.tags(row), namedByRow);
        }
        GrowingBytes values = batch.values();
        int start = values.length();
        ColumnSet columns = encoder.encode(row, values);
        long time;
        try {
            time = settle(table, encoder, start);
        } catch (RowRejectedException e) {
            values.truncate(start);
            throw e;
        }
        if (isNew) {
            tables.put(entry);
        }
        int before = batch.collisions();
        batch.add(entry, columns, time, start, encoder.lastKeyEnd());
        if (batch.collisions() > before) {
            collisions.overwritten(table, time);
        }
    }

    private long settle(String table, RowEncoder encoder, int start) throws RowRejectedException {
        GrowingBytes values = batch.values();
        long time = encoder.lastTime();
        int behindTime = RowValues.next(values.bytes(), start);
        long settled =
                collisions.settle(table, time, values.bytes(), behindTime, encoder.lastKeyEnd());
        if (settled != time) {
            RowValues.putBits(values, start, settled);
        }
        return settled;
    }
}
