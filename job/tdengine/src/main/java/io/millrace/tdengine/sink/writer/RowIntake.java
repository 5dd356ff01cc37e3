package io.millrace.tdengine.sink.writer;

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

        /** A row was put into the table's batch. */
        void added(String table) throws IOException, InterruptedException;
    }

    private final List<RowTargets> targets;
    private final RowDeadLetters deadLetters;
    private final Batches batches;
    private boolean warnedOfDeletes;

    /**
     * Makes one.
     *
     * @param targets one for each row that is written of an incoming one
     */
    RowIntake(List<RowTargets> targets, RowDeadLetters deadLetters, Batches batches) {
        this.targets = targets;
        this.deadLetters = deadLetters;
        this.batches = batches;
    }

    void take(RowData row) throws IOException, InterruptedException {
        if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return;
        }
        if (row.getRowKind() == RowKind.DELETE) {
            warnOfDeletes();
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

    private void warnOfDeletes() {
        if (!warnedOfDeletes) {
            warnedOfDeletes = true;
            LOG.warn(
                    "Deletions are ignored: the TDengine sink only adds and replaces rows. This is"
                            + " said once.");
        }
    }
}
