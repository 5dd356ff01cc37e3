package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.sink.DeleteHandling;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.EncodingRules;
import io.millrace.tdengine.sink.row.RowEncoder;
import io.millrace.tdengine.sink.row.RowRejectedException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows, renders them at once (Flink may reuse a row) into the batch being built, and hands
 * full batches to the sending thread: one is under way while the next is built. When both are full
 * the task thread waits, which holds back everything up to the source.
 *
 * <p>All methods run in the task thread; so does what the sending thread and the timer post to it.
 */
public final class TDengineSinkWriter implements SinkWriter<RowData> {
    private static final Logger LOG = LoggerFactory.getLogger(TDengineSinkWriter.class);
    private static final int MAX_TABLE_ENTRIES = 100_000;

    private final TDengineSinkSettings settings;
    private final MailboxExecutor mailbox;
    private final BatchTimer timer;
    private final SinkMetrics metrics;
    private final RowDeadLetters deadLetters;
    private final SendingThread sending;
    private final RetryingSession session;
    private final BatchSender sender;

    /** One for each row that is written of an incoming one. */
    private final List<RowTargets> targets;

    private final TableEntries tables = new TableEntries(MAX_TABLE_ENTRIES);

    private RowBatch current;

    /** Follow the rows of {@link #current}. */
    private RowDeletes deletes = new RowDeletes();

    private RowBatch spare;
    private long batchNumber;
    private boolean underWay;
    private boolean due;
    private boolean warnedOfDeletes;
    private Throwable failure;

    /** Read by the reporter's thread. */
    private volatile int bufferedRows;

    /** Makes a writer of a running job. */
    public static TDengineSinkWriter open(TDengineSinkSettings settings, WriterInitContext context)
            throws IOException {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        String owner = "tdengine-" + subtask;
        TDengineSinkWriter writer =
                new TDengineSinkWriter(
                        settings,
                        Session.with(settings.connection()),
                        context.getMailboxExecutor(),
                        context.getProcessingTimeService(),
                        context.metricGroup(),
                        settings.deadLetters().open(owner),
                        Clock.systemUTC(),
                        time -> Thread.sleep(time.toMillis()),
                        owner);
        writer.begin();
        return writer;
    }

    TDengineSinkWriter(
            TDengineSinkSettings settings,
            Session.Factory sessions,
            MailboxExecutor mailbox,
            ProcessingTimeService timers,
            SinkWriterMetricGroup metricGroup,
            DeadLetterWriter letters,
            Clock clock,
            RetryingSession.Sleeper sleeper,
            String name) {
        this.settings = settings;
        this.mailbox = mailbox;
        this.timer = new BatchTimer(timers, settings.batch().interval(), this::onDue);
        this.metrics = new SinkMetrics(metricGroup, () -> bufferedRows);
        this.deadLetters = new RowDeadLetters(settings, letters, metrics, clock);
        this.sending = new SendingThread(name, mailbox);
        String where = settings.connection().url();
        this.session = new RetryingSession(sessions, settings.retry(), sleeper, where, metrics);
        int capacity = settings.batch().maxBytes() / 4;
        this.sender = new BatchSender(session, capacity);
        TargetLookup lookup = new TargetLookup(session, where);
        this.targets =
                settings.plans().stream()
                        .map(
                                plan ->
                                        new RowTargets(
                                                settings,
                                                plan,
                                                sending,
                                                lookup,
                                                this::await,
                                                clock))
                        .toList();
        boolean merge = settings.rules().nullHandling() == EncodingRules.NullHandling.SKIP;
        this.current = new RowBatch(batchNumber++, merge, capacity);
        this.spare = new RowBatch(batchNumber++, merge, capacity);
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        throwFailure();
        if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return;
        }
        if (row.getRowKind() == RowKind.DELETE && settings.deletes() != DeleteHandling.DELETE) {
            ignoreOrFail();
            return;
        }
        for (RowTargets each : targets) {
            write(row, each);
        }
        // Two full batches are the bound; when one is done the other is sent at once.
        await(() -> !underWay || current.bytes() < settings.batch().maxBytes());
        sendIfFull();
    }

    private void write(RowData row, RowTargets target) throws IOException, InterruptedException {
        String table = null;
        try {
            RowEncoder encoder = target.encoderFor(row);
            table = encoder.tableName(row);
            if (row.getRowKind() == RowKind.DELETE) {
                delete(table, encoder, row);
                return;
            }
            if (!deletes.isEmpty() && deletes.contains(table, encoder.time(row))) {
                // Deletions come after the rows of their batch.
                sendAndAwait();
            }
            addOrRefresh(row, target, encoder, table);
        } catch (RowRejectedException e) {
            deadLetters.rejected(row, table, e.getMessage());
        }
    }

    private void sendIfFull() {
        boolean full =
                current.rows() + deletes.size() >= settings.batch().maxRows()
                        || current.bytes() >= settings.batch().maxBytes();
        if (full && !underWay) {
            send();
        }
    }

    private void ignoreOrFail() throws IOException {
        if (settings.deletes() == DeleteHandling.FAIL) {
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

    private void delete(String table, RowEncoder encoder, RowData row) throws RowRejectedException {
        boolean first = current.isEmpty() && deletes.isEmpty();
        deletes.add(table, encoder.target().timeColumn().name(), encoder.time(row));
        if (first) {
            timer.begin();
        }
    }

    private void sendAndAwait() throws IOException, InterruptedException {
        await(() -> !underWay);
        if (!isEmpty()) {
            send();
        }
        await(() -> !underWay);
    }

    private boolean isEmpty() {
        return current.isEmpty() && deletes.isEmpty();
    }

    private void addOrRefresh(RowData row, RowTargets target, RowEncoder encoder, String table)
            throws RowRejectedException, IOException, InterruptedException {
        RowEncoder latest = encoder;
        while (true) {
            try {
                add(row, target, latest, table);
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

    private void add(RowData row, RowTargets target, RowEncoder encoder, String table)
            throws RowRejectedException {
        TableEntry entry = tables.get(table);
        boolean isNew = entry == null;
        if (isNew) {
            entry =
                    new TableEntry(
                            settings.plan().database(),
                            table,
                            encoder.tags(row),
                            target.isPerRow());
        }
        int start = current.values().length();
        ColumnSet columns = encoder.encode(row, current.values());
        if (isNew) {
            tables.put(entry);
        }
        boolean first = isEmpty();
        current.add(entry, columns, encoder.lastTime(), start, encoder.lastKeyEnd());
        bufferedRows++;
        if (first) {
            timer.begin();
        }
    }

    /** The batch has waited long enough. */
    private void onDue() {
        if (underWay) {
            due = true;
        } else if (!isEmpty()) {
            send();
        }
    }

    /** Hands the batch over; only while none is under way. */
    private void send() {
        RowBatch batch = current;
        current = spare;
        current.reset(batchNumber++);
        tables.trim();
        spare = null;
        due = false;
        timer.end();
        underWay = true;
        RowDeletes batchDeletes = deletes;
        deletes = new RowDeletes();
        sending.run(() -> send(batch, batchDeletes), outcome -> sent(batch, outcome), this::fail);
    }

    /** Sending thread. */
    private SendOutcome send(RowBatch batch, RowDeletes batchDeletes)
            throws IOException, InterruptedException {
        SendOutcome outcome = sender.send(batch);
        batchDeletes.execute(session, settings.plan().database());
        return outcome;
    }

    private void sent(RowBatch batch, SendOutcome outcome) throws IOException {
        underWay = false;
        spare = batch;
        bufferedRows -= batch.rows() + batch.collisions();
        metrics.batchDone(outcome, batch.collisions());
        for (SendOutcome.RefusedRow row : outcome.refused()) {
            deadLetters.refused(row);
        }
        if (due && !isEmpty()) {
            send();
        }
        sendIfFull();
    }

    private void fail(Throwable cause) throws IOException {
        failure = cause;
        throwFailure();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException("Writing to TDengine failed: " + failure.getMessage(), failure);
        }
    }

    /** Works off mails until something has happened; ends early when the task is cancelled. */
    private void await(BooleanSupplier done) throws IOException, InterruptedException {
        while (!done.getAsBoolean()) {
            throwFailure();
            mailbox.yield();
        }
        throwFailure();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        throwFailure();
        while (underWay || !isEmpty()) {
            if (!underWay) {
                send();
            }
            await(() -> !underWay);
        }
        deadLetters.flush();
    }

    @Override
    public void close() throws IOException {
        sending.close(session::close);
        deadLetters.close();
    }

    /** Starts to ask for the table; the first row waits for the answer. */
    void begin() {
        targets.forEach(RowTargets::begin);
    }
}
