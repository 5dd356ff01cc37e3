package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.PlainValues;
import io.millrace.tdengine.sink.row.RowPlan;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;

/** Writes rows that can never be stored, with the reason. Task thread only. */
final class RowDeadLetters {
    private final TDengineSinkSettings settings;
    private final DeadLetterWriter letters;
    private final SinkMetrics metrics;
    private final Clock clock;

    RowDeadLetters(
            TDengineSinkSettings settings,
            DeadLetterWriter letters,
            SinkMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.letters = letters;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Keeps a row that is a dead letter from upstream.
     *
     * @return whether it is one
     */
    boolean keep(RowData row) throws IOException {
        int field = settings.letterField();
        if (field < 0 || row.isNullAt(field)) {
            return false;
        }
        DeadLetter letter = DeadLetter.parse(row.getString(field).toString());
        Map<String, Object> details = new LinkedHashMap<>(letter.details());
        addTarget(details);
        letters.write(new DeadLetter(letter.at(), letter.origin(), letter.reason(), details));
        metrics.deadLetter();
        return true;
    }

    /** A row that was not even sent. */
    void rejected(RowData row, String table, String reason) throws IOException {
        write(reason, table, "", PlainValues.ofRow(row, settings.rowType()));
    }

    /** A row that the server refused. */
    void refused(SendOutcome.RefusedRow row) throws IOException {
        write(row.error().message(), row.table(), row.error().hexCode(), row.values());
    }

    private void write(String reason, String table, String code, Map<String, Object> row)
            throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        addTarget(details);
        if (table != null) {
            details.put("table", table);
        }
        if (!code.isEmpty()) {
            details.put("code", code);
        }
        details.put("row", row);
        if (settings.rule() != null) {
            details.put("rule", settings.rule());
        }
        letters.write(new DeadLetter(clock.instant(), "tdengine", reason, details));
        metrics.deadLetter();
    }

    private void addTarget(Map<String, Object> details) {
        details.put("database", settings.plan().database());
        if (settings.plans().size() == 1
                && settings.plan().destination() instanceof RowPlan.SuperTable superTable) {
            details.put("super_table", superTable.name());
        }
    }

    void flush() throws IOException {
        letters.flush();
    }

    void close() throws IOException {
        letters.close();
    }
}
