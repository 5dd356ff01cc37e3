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
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * Takes rows and hands them to the checkpoint, which has them written when it is complete. All
 * methods run in the task thread; so does what the thread that describes tables posts to it.
 */
public final class FreezingSinkWriter
        implements CommittingSinkWriter<RowData, FrozenBatch>,
                StatefulSinkWriter<RowData, WrittenKeys> {
    private final TDengineSinkSettings settings;
    private final MailboxExecutor mailbox;
    private final SinkMetrics metrics;
    private final RowDeadLetters deadLetters;
    private final TimestampCollisions collisions;
    private final SendingThread describing;
    private final RetryingSession session;
    private final List<RowTargets> targets;
    private final BatchBuilder builder;
    private final RowIntake intake;
    private List<FrozenBatch> frozen = new ArrayList<>();
    private long frozenBytes;

    /** Read by the reporter's thread. */
    private volatile int bufferedRows;

    /** Makes a writer of a running job. */
    public static FreezingSinkWriter open(
            TDengineSinkSettings settings, WriterInitContext context, Collection<WrittenKeys> kept)
            throws IOException {
        JobRemains.endWith(context.getUserCodeClassLoader());
        String owner = "tdengine-" + context.getTaskInfo().getIndexOfThisSubtask();
        FreezingSinkWriter writer =
                new FreezingSinkWriter(
                        settings,
                        Session.with(settings.connection()),
                        context.getMailboxExecutor(),
                        context.metricGroup(),
                        settings.deadLetters().open(owner),
                        Clock.systemUTC(),
                        time -> Thread.sleep(time.toMillis()),
                        owner);
        writer.collisions.restore(kept);
        writer.targets.forEach(RowTargets::begin);
        return writer;
    }

    FreezingSinkWriter(
            TDengineSinkSettings settings,
            Session.Factory sessions,
            MailboxExecutor mailbox,
            SinkWriterMetricGroup metricGroup,
            DeadLetterWriter letters,
            Clock clock,
            RetryingSession.Sleeper sleeper,
            String name) {
        this.settings = settings;
        this.mailbox = mailbox;
        this.metrics =
                new SinkMetrics(
                        metricGroup, settings.rule(), settings.plans().size(), () -> bufferedRows);
        this.deadLetters = new RowDeadLetters(settings, letters, metrics, clock);
        this.describing = new SendingThread(name, mailbox);
        String where = settings.connection().url();
        this.session = new RetryingSession(sessions, settings.retry(), sleeper, where, metrics);
        this.targets = RowTargets.all(settings, describing, session, this::await, clock);
        this.collisions = new TimestampCollisions(settings.collisions(), metrics, System::nanoTime);
        this.builder = new BatchBuilder(settings, collisions);
        this.intake = new RowIntake(targets, deadLetters, new Batches(), settings.deletes());
    }

    /** Targets say themselves what failed. */
    private void await(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            mailbox.yield();
        }
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        intake.take(row);
    }

    private void freeze() throws IOException {
        RowBatch batch = builder.batch();
        FrozenBatch ice = BatchFreezer.freeze(batch);
        metrics.settled(batch.collisions());
        metrics.checkpointRows(batch.rows());
        bufferedRows -= batch.rows() + batch.collisions();
        frozen.add(ice);
        frozenBytes += ice.bytes().length;
        builder.swap(batch);
        if (frozenBytes > settings.maxFrozenBytes()) {
            throw new IOException(
                    "More than "
                            + settings.maxFrozenBytes()
                            + " bytes of rows wait for a checkpoint (option"
                            + " 'sink.exactly-once.max-bytes'). With 'sink.delivery-guarantee' ="
                            + " 'exactly-once' rows are written when a checkpoint is complete:"
                            + " make checkpoints more often, raise the option, or look why"
                            + " checkpoints do not complete.");
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        deadLetters.flush();
    }

    @Override
    public Collection<FrozenBatch> prepareCommit() throws IOException {
        if (!builder.batch().isEmpty()) {
            freeze();
        }
        Collection<FrozenBatch> whole = frozen;
        frozen = new ArrayList<>();
        frozenBytes = 0;
        return whole;
    }

    @Override
    public List<WrittenKeys> snapshotState(long checkpointId) {
        return collisions.keep();
    }

    @Override
    public void close() throws IOException {
        describing.interrupt(session::close);
        describing.join();
        deadLetters.close();
    }

    /** All rows go to one batch, until it is frozen. */
    private final class Batches implements RowIntake.Batches {
        @Override
        public BatchBuilder builder(String table) {
            return builder;
        }

        /** None: deletions are refused with this guarantee. */
        @Override
        public void awaitDeletes(String table, long time) {}

        @Override
        public void delete(TargetTable target, String table, long time) {
            throw new IllegalStateException("Deletions are not frozen");
        }

        @Override
        public void added(String table) throws IOException {
            bufferedRows++;
            RowBatch batch = builder.batch();
            if (batch.rows() >= settings.batch().maxRows()
                    || batch.bytes() >= settings.batch().maxBytes()) {
                freeze();
            }
        }
    }
}
