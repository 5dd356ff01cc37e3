package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.declared.DeclaredTables;
import io.millrace.tdengine.sink.Rehearsal;
import io.millrace.tdengine.sink.RehearsedRow;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * The sink's own writer in front of a session that only looks like one: each row is "sent" at once,
 * so that what would be written is told before the next row comes. Task thread only.
 */
public final class RehearsalWriter implements SinkWriter<RowData> {
    private final TDengineSinkWriter writer;
    private final RehearsalSession session;
    private final Rehearsal rehearsal;

    /** The rows of the batches that were sent and are not told yet. */
    private final List<RehearsedRow> rows = new ArrayList<>();

    private RehearsalWriter(
            TDengineSinkWriter writer, RehearsalSession session, Rehearsal rehearsal) {
        this.writer = writer;
        this.session = session;
        this.rehearsal = rehearsal;
        writer.onSent(this::look);
    }

    /** Makes a writer of a running job; see {@link io.millrace.tdengine.sink.RehearsedSink}. */
    public static RehearsalWriter open(
            TDengineSinkSettings settings,
            DeclaredTables tables,
            boolean asks,
            Clock clock,
            Rehearsal rehearsal,
            WriterInitContext context)
            throws IOException {
        Session.Factory servers = Session.with(settings.connection());
        RehearsalSession session = new RehearsalSession(tables);
        TDengineSinkWriter writer =
                new TDengineSinkWriter(
                        settings,
                        () -> asks ? session.in(servers.open()) : session,
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        context.metricGroup(),
                        new Letters(rehearsal),
                        clock,
                        time -> Thread.sleep(time.toMillis()),
                        "tdengine-rehearsal");
        writer.begin();
        return new RehearsalWriter(writer, session, rehearsal);
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        try {
            writer.write(row, context);
            writer.flush(false);
        } catch (IOException e) {
            // Rows alone do not make the writer fail.
            rehearsal.fails(Optional.ofNullable(e.getCause()).orElse(e).getMessage());
            throw e;
        }
        tell();
    }

    private void tell() throws IOException {
        for (String done = session.nextExecuted(); done != null; done = session.nextExecuted()) {
            rehearsal.executes(done);
        }
        StringBuilder statements = new StringBuilder();
        for (String sql = session.nextWritten(); sql != null; sql = session.nextWritten()) {
            statements.append(statements.isEmpty() ? "" : ";\n").append(sql);
        }
        if (!rows.isEmpty()) {
            rehearsal.writes(statements.toString(), rows);
            rows.clear();
        }
    }

    /** Looks at a batch that was sent, before it is emptied. */
    private void look(RowBatch batch) {
        for (int row : batch.order()) {
            TableEntry table = batch.table(row);
            rows.add(
                    new RehearsedRow(
                            table.database(),
                            table.name(),
                            superTable(table),
                            readable(batch, row)));
            // Whoever reads a statement wants to see what creates the sub-table, each time.
            table.setKnown(false);
        }
    }

    /** The name out of <code>`db`.`name`</code>. */
    private static String superTable(TableEntry table) {
        if (table.tags() == null) {
            return null;
        }
        String qualified = table.tags().kind().superTable();
        return qualified.substring(qualified.lastIndexOf("`.`") + 3, qualified.length() - 1);
    }

    private Map<String, Object> readable(RowBatch batch, int row) {
        Map<String, Object> values = batch.plain(row);
        List<TargetColumn> columns = new ArrayList<>(batch.columns(row).columns());
        if (batch.table(row).tags() != null) {
            columns.addAll(batch.table(row).tags().kind().tags());
        }
        TimePrecision precision = session.precision();
        for (TargetColumn column : columns) {
            if (column.type() == TDengineType.TIMESTAMP
                    && values.get(column.name()) instanceof Long time) {
                values.put(column.name(), precision.toInstant(time).toString());
            }
        }
        return values;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
        tell();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** Tells letters instead of keeping them. */
    private record Letters(Rehearsal rehearsal) implements DeadLetterWriter {
        @Override
        public void write(DeadLetter letter) throws IOException {
            rehearsal.keeps(letter);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
