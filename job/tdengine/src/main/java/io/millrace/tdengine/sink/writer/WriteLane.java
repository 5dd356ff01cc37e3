package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * One connection of a writer: a batch is built while the one before is under way. Task thread only;
 * the sending thread has the batch that is under way.
 */
final class WriteLane {

    /** Is told what happens, in the task thread. */
    interface Listener {
        void sent(RowBatch batch, SendOutcome outcome) throws IOException;

        void failed(Throwable cause) throws IOException;
    }

    private final TDengineSinkSettings.Batch limits;
    private final SendingThread sending;
    private final RetryingSession session;
    private final BatchSender sender;
    private final BatchTimer timer;
    private final BatchSizing sizing;
    private final BatchBuilder builder;
    private final Listener listener;

    /** Follow the rows of the batch being built. */
    private RowDeletes deletes = new RowDeletes();

    private RowBatch spare;
    private boolean underWay;
    private boolean due;
    private long sentAt = System.nanoTime();

    // When the first rows came, as System.nanoTime(); null if there are none. Read by the
    // reporter's thread.
    private volatile Long beganBuilding;
    private volatile Long beganUnderWay;

    WriteLane(
            TDengineSinkSettings settings,
            SendingThread sending,
            RetryingSession session,
            ProcessingTimeService timers,
            BatchBuilder builder,
            Listener listener) {
        this.limits = settings.batch();
        this.sending = sending;
        this.session = session;
        this.sender = new BatchSender(session, builder.initialBytes());
        this.timer = new BatchTimer(timers, limits.interval(), this::onDue);
        this.sizing = new BatchSizing(limits.maxRows());
        this.builder = builder;
        this.listener = listener;
        this.spare = builder.newBatch();
    }

    SendingThread thread() {
        return sending;
    }

    RetryingSession session() {
        return session;
    }

    BatchBuilder builder() {
        return builder;
    }

    /** To be called when a row was added to the batch being built. */
    void added() {
        if (builder.batch().rows() == 1 && deletes.isEmpty()) {
            begin();
        }
    }

    /** Has a row deleted after those of the batch being built. */
    void delete(TargetTable target, String table, long time) {
        if (hasNothingToSend()) {
            begin();
        }
        deletes.add(target, table, time);
    }

    private void begin() {
        timer.begin();
        beganBuilding = System.nanoTime();
    }

    /** When the oldest row came that is not written; null if there is none. Any thread. */
    Long oldestRow() {
        Long sending = beganUnderWay;
        return sending != null ? sending : beganBuilding;
    }

    /** Whether a row would be deleted with the batch being built. */
    boolean deletes(String table, long time) {
        return deletes.contains(table, time);
    }

    private boolean hasNothingToSend() {
        return builder.batch().isEmpty() && deletes.isEmpty();
    }

    /** Whether no more rows must be added: two batches are the bound. */
    boolean isBlocked() {
        RowBatch batch = builder.batch();
        return underWay
                && (batch.bytes() >= limits.maxBytes()
                        || sizing.gainsNothing(batch.rows(), batch.tables())
                        || deletes.size() >= limits.maxRows());
    }

    boolean isUnderWay() {
        return underWay;
    }

    boolean isEmpty() {
        return !underWay && hasNothingToSend();
    }

    void sendIfFull() {
        RowBatch batch = builder.batch();
        boolean full =
                batch.rows() + deletes.size() >= sizing.rows()
                        || batch.bytes() >= limits.maxBytes();
        if (!underWay && full) {
            send();
        }
    }

    /** Sends what there is, unless a batch is under way. */
    void sendIfAny() {
        if (!underWay && !hasNothingToSend()) {
            send();
        }
    }

    /** The batch has waited long enough. */
    private void onDue() {
        due = underWay;
        sendIfAny();
    }

    private void send() {
        RowBatch batch = builder.swap(spare);
        spare = null;
        due = false;
        timer.end();
        underWay = true;
        beganUnderWay = beganBuilding;
        beganBuilding = null;
        long began = System.nanoTime();
        RowDeletes following = deletes;
        deletes = new RowDeletes();
        sending.run(
                () -> send(batch, following),
                outcome -> sent(batch, outcome, began),
                listener::failed);
    }

    /** Sending thread. */
    private SendOutcome send(RowBatch batch, RowDeletes following)
            throws IOException, InterruptedException {
        SendOutcome outcome = sender.send(batch);
        following.execute(session);
        return outcome;
    }

    private void sent(RowBatch batch, SendOutcome outcome, long began) throws IOException {
        long now = System.nanoTime();
        sizing.sent(
                batch.rows(),
                batch.tables(),
                Duration.ofNanos(now - began),
                Duration.ofNanos(now - sentAt));
        sentAt = now;
        underWay = false;
        beganUnderWay = null;
        spare = batch;
        listener.sent(batch, outcome);
        if (due) {
            sendIfAny();
        } else {
            sendIfFull();
        }
    }

    /** Interrupts what is under way and has the thread end. */
    void interrupt() {
        sending.interrupt(session::close);
    }
}
