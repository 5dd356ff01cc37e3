package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.DeleteHandling;
import io.millrace.tdengine.sink.row.RowEncoder;
import io.millrace.tdengine.sink.row.RowRejectedException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the batch for each row and puts it there, or among the dead letters. Task thread only. */
final class RowIntake {
    private static final Logger LOG = LoggerFactory.getLogger(RowIntake.class);

    /** Where rows go. */
    interface Batches {
        BatchBuilder builder(String table);

        /** Waits until a row can be added that must not be deleted with the batch being built. */
        void awaitDeletes(String table, long time) throws IOException, InterruptedException;

        /** Has a row deleted after those that were added. */
        void delete(TargetTable target, String table, long time)
                throws IOException, InterruptedException;

        /** A row was put into the table's batch. */
        void added(String table) throws IOException, InterruptedException;
    }

    private final List<RowTargets> targets;
    private final RowDeadLetters deadLetters;
    private final Batches batches;
    private final DeleteHandling deletes;
    private boolean warnedOfDeletes;

    /**
     * Makes one.
     *
     * @param targets one for each row that is written of an incoming one
     */
    RowIntake(
            List<RowTargets> targets,
            RowDeadLetters deadLetters,
            Batches batches,
            DeleteHandling deletes) {
        this.targets = targets;
        this.deadLetters = deadLetters;
        this.batches = batches;
        this.deletes = deletes;
    }

    void take(RowData row) throws IOException, InterruptedException {
        if (deadLetters.keep(row)) {
            return;
        }
        if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return;
        }
        if (row.getRowKind() == RowKind.DELETE && deletes != DeleteHandling.DELETE) {
            ignoreOrFail();
            return;
        }
        for (RowTargets target : targets) {
            take(row, target);
        }
    }

    private void take(RowData row, RowTargets target) throws IOException, InterruptedException {
        String table = null;
        try {
            RowEncoder encoder = target.encoderFor(row);
            table = encoder.tableName(row);
            if (row.getRowKind() == RowKind.DELETE) {
                batches.delete(encoder.target(), table, encoder.time(row));
                return;
            }
            if (deletes == DeleteHandling.DELETE) {
                batches.awaitDeletes(table, encoder.time(row));
            }
            addOrRefresh(row, target, encoder, table);
        } catch (RowRejectedException e) {
            deadLetters.rejected(row, table, e.getMessage());
            return;
        }
        batches.added(table);
    }

    private void addOrRefresh(RowData row, RowTargets target, RowEncoder encoder, String table)
            throws RowRejectedException, IOException, InterruptedException {
        RowEncoder latest = encoder;
        while (true) {
            try {
                batches.builder(table).add(row, latest, table, target.isPerRow());
                return;
            } catch (RowRejectedException e) {
                // An operator, or this writer, may have widened the column, one after the other;
                // an operator the time that rows are kept.
                if (!e.byLimit() || !target.refresh(latest, e)) {
                    throw e;
                }
                latest = target.encoderFor(row);
            }
        }
    }

    private void ignoreOrFail() throws IOException {
        if (deletes == DeleteHandling.FAIL) {
            throw new IOException(
                    "A row is deleted upstream, and 'sink.delete-handling' is 'fail'. Use 'delete'"
                            + " or 'ignore', or a query that only adds rows.");
        }
        if (!warnedOfDeletes) {
            warnedOfDeletes = true;
            LOG.warn(
                    "Rows that are deleted upstream stay in TDengine; 'sink.delete-handling' ="
                            + " 'delete' deletes them. This is said once.");
        }
    }
}
