package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.client.JobRemains;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * Takes rows, turns them at once (Flink may reuse a row) into typed values of the batch being
 * built, and hands full batches to a sending thread: one is under way while the next is built. When
 * both are full the task thread waits, which holds back everything up to the source. Of several
 * connections each has its own tables, so that the rows of a table stay in order.
 *
 * <p>All methods run in the task thread; so does what a sending thread and the timer post to it.
 */
public final class TDengineSinkWriter implements StatefulSinkWriter<RowData, WrittenKeys> {
    private final MailboxExecutor mailbox;
    private final SinkMetrics metrics;
    private final RowDeadLetters deadLetters;
    private final TimestampCollisions collisions;
    private final List<WriteLane> lanes = new ArrayList<>();
    private final List<RowTargets> targets;
    private final RowIntake intake;

    private Throwable failure;
    private Consumer<RowBatch> sent = batch -> {};

    /** Read by the reporter's thread, which need not know of each row at once. */
    private final AtomicInteger bufferedRows = new AtomicInteger();

    /** Makes a writer of a running job. */
    public static TDengineSinkWriter open(
            TDengineSinkSettings settings, WriterInitContext context, Collection<WrittenKeys> kept)
            throws IOException {
        JobRemains.endWith(context.getUserCodeClassLoader());
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
        writer.collisions.restore(kept);
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
        this.mailbox = mailbox;
        this.metrics =
                new SinkMetrics(
                        metricGroup, settings.rule(), settings.plans().size(), bufferedRows::get);
        this.deadLetters = new RowDeadLetters(settings, letters, metrics, clock);
        String where = settings.connection().url();
        this.collisions = new TimestampCollisions(settings.collisions(), metrics, System::nanoTime);
        for (int i = 0; i < settings.connections(); i++) {
            lanes.add(
                    new WriteLane(
                            settings,
                            new SendingThread(i == 0 ? name : name + "-" + i, mailbox),
                            new RetryingSession(
                                    sessions, settings.retry(), sleeper, where, metrics),
                            timers,
                            new BatchBuilder(settings, collisions),
                            new Listener()));
        }
        WriteLane first = lanes.get(0);
        this.targets =
                RowTargets.all(settings, first.thread(), first.session(), this::await, clock);
        metrics.showOldestRow(
                () ->
                        lanes.stream()
                                .map(WriteLane::oldestRow)
                                .filter(Objects::nonNull)
                                .min((a, b) -> Long.signum(a - b))
                                .orElse(null));
        this.intake = new RowIntake(targets, deadLetters, new Batches(), settings.deletes());
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        throwFailure();
        intake.take(row);
    }

    private WriteLane lane(String table) {
        return lanes.size() == 1
                ? lanes.get(0)
                : lanes.get(Math.floorMod(table.hashCode(), lanes.size()));
    }

    /** Without the fence of a volatile field, which each row would pay for. */
    private void buffered(int more) {
        bufferedRows.lazySet(bufferedRows.getPlain() + more);
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
        lanes.forEach(WriteLane::sendIfAny);
        for (WriteLane lane : lanes) {
            while (!lane.isEmpty()) {
                await(() -> !lane.isUnderWay());
                lane.sendIfAny();
            }
        }
        deadLetters.flush();
    }

    @Override
    public List<WrittenKeys> snapshotState(long checkpointId) {
        return collisions.keep();
    }

    @Override
    public void close() throws IOException {
        // All at once: waiting for one after the other would take too long.
        lanes.forEach(WriteLane::interrupt);
        lanes.forEach(lane -> lane.thread().join());
        deadLetters.close();
    }

    /** Has someone look at each batch that was sent, in the task thread. */
    void onSent(Consumer<RowBatch> observer) {
        sent = observer;
    }

    /** Starts to ask for the table; the first row waits for the answer. */
    void begin() {
        targets.forEach(RowTargets::begin);
    }

    /** Each table's rows go to the table's lane. */
    private final class Batches implements RowIntake.Batches {
        @Override
        public BatchBuilder builder(String table) {
            return lane(table).builder();
        }

        @Override
        public void awaitDeletes(String table, long time) throws IOException, InterruptedException {
            WriteLane lane = lane(table);
            if (lane.deletes(table, time)) {
                await(() -> !lane.isUnderWay());
                lane.sendIfAny();
            }
        }

        @Override
        public void delete(TargetTable target, String table, long time)
                throws IOException, InterruptedException {
            WriteLane lane = lane(table);
            lane.delete(target, table, time);
            settle(lane);
        }

        @Override
        public void added(String table) throws IOException, InterruptedException {
            buffered(1);
            WriteLane lane = lane(table);
            lane.added();
            settle(lane);
        }

        private void settle(WriteLane lane) throws IOException, InterruptedException {
            if (lane.isBlocked()) {
                // When the other batch is done this one is sent at once.
                await(() -> !lane.isBlocked());
            }
            lane.sendIfFull();
        }
    }

    /** What the lanes tell, in the task thread. */
    private final class Listener implements WriteLane.Listener {
        @Override
        public void sent(RowBatch batch, SendOutcome outcome) throws IOException {
            buffered(-batch.rows() - batch.collisions());
            metrics.batchDone(outcome, batch.collisions());
            for (SendOutcome.RefusedRow row : outcome.refused()) {
                deadLetters.refused(row);
            }
            sent.accept(batch);
        }

        @Override
        public void failed(Throwable cause) throws IOException {
            failure = cause;
            throwFailure();
        }
    }
}
