package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.row.RowEncoder;
import io.millrace.tdengine.sink.row.RowRejectedException;
import java.io.IOException;
import java.util.function.Function;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the batch for each row and puts it there, or among the dead letters. Task thread only. */
final class RowIntake {
    private static final Logger LOG = LoggerFactory.getLogger(RowIntake.class);

    private final RowTargets targets;
    private final RowDeadLetters deadLetters;
    private final Function<String, BatchBuilder> builders;
    private boolean warnedOfDeletes;

    /**
     * Makes one.
     *
     * @param builders knows the builder for a table
     */
    RowIntake(
            RowTargets targets,
            RowDeadLetters deadLetters,
            Function<String, BatchBuilder> builders) {
        this.targets = targets;
        this.deadLetters = deadLetters;
        this.builders = builders;
    }

    /**
     * Takes a row.
     *
     * @return the table into whose batch it was put; null if into none
     */
    String take(RowData row) throws IOException, InterruptedException {
        if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return null;
        }
        if (row.getRowKind() == RowKind.DELETE) {
            warnOfDeletes();
            return null;
        }
        String table = null;
        try {
            RowEncoder encoder = targets.encoderFor(row);
            table = encoder.tableName(row);
            addOrRefresh(row, encoder, table, builders.apply(table));
            return table;
        } catch (RowRejectedException e) {
            deadLetters.rejected(row, table, e.getMessage());
            return null;
        }
    }

    private void addOrRefresh(RowData row, RowEncoder encoder, String table, BatchBuilder builder)
            throws RowRejectedException, IOException, InterruptedException {
        try {
            builder.add(row, encoder, table);
        } catch (RowRejectedException e) {
            // An operator may have widened the column or the time that rows are kept.
            if (!e.byLimit() || !targets.refresh(encoder)) {
                throw e;
            }
            builder.add(row, targets.encoderFor(row), table);
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
