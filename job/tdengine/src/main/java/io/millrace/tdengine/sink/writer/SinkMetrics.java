package io.millrace.tdengine.sink.writer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * The sink's metrics, by their names. Rows taken = {@code numRecordsSend} (rows that TDengine
 * confirmed) + {@code timestampCollisions} (rows that gave way to a later one) + {@code
 * deadLetters} + {@code bufferedRows}. Written by the task thread unless said otherwise.
 *
 * <p>If it is known which rule writes, the group {@code rule.<name>} shows them too: with rows of a
 * checkpoint, {@code frozen} are those that a writer has given to it and {@code thawed} those that
 * a committer has done with; what is between is in flight.
 */
final class SinkMetrics implements RetryingSession.Observer {
    private final MetricGroup own;
    private final Counter rowsWritten;
    private final Counter bytesWritten;
    private final Counter rowsRefused;
    private final Counter deadLetters;
    private final Counter collisions;
    private final Counter shiftedRows;
    private final Counter batches;
    private final Counter boundRows;

    /** Stands still unless rows wait for a checkpoint. */
    private final Counter checkpointRows;

    /** Null if it is not known which rule writes. */
    private final MetricGroup ofRule;

    /** Sending thread. */
    private final Counter retries;

    /** Sending thread. */
    private final Counter reconnects;

    /**
     * When the oldest request began that was not answered, as {@link System#nanoTime()}; null if
     * the server answers. Written by the sending thread, read by the reporter's.
     */
    private volatile Long unansweredSince;

    /** Read by the reporter's thread. */
    private volatile long sendTime;

    private volatile int lastBatchRows;

    private volatile long lastBatchBytes;

    private final RequestTimes requestTimes = new RequestTimes();

    /**
     * For a writer.
     *
     * @param rule what writes; null if not known
     * @param rowsPerRecord how many rows are written of an incoming one
     */
    SinkMetrics(
            SinkWriterMetricGroup group, String rule, int rowsPerRecord, IntSupplier bufferedRows) {
        this(
                group.addGroup("tdengine"),
                group.getNumRecordsSendCounter(),
                group.getNumBytesSendCounter(),
                group.getNumRecordsSendErrorsCounter(),
                rule == null ? null : group.addGroup("rule", rule),
                "frozen",
                bufferedRows);
        if (ofRule != null) {
            ofRule.gauge("rowsPerRecord", () -> rowsPerRecord);
        }
        group.setCurrentSendTimeGauge(() -> sendTime);
    }

    /** For a committer, which has the names that a writer's rows and bytes have. */
    static SinkMetrics ofCommitter(MetricGroup group, String rule) {
        return new SinkMetrics(
                group.addGroup("tdengine"),
                group.counter("numRecordsSend"),
                group.counter("numBytesSend"),
                group.counter("numRecordsSendErrors"),
                rule == null ? null : group.addGroup("rule", rule),
                "thawed",
                () -> 0);
    }

    private SinkMetrics(
            MetricGroup own,
            Counter rowsWritten,
            Counter bytesWritten,
            Counter rowsRefused,
            MetricGroup ofRule,
            String checkpointRows,
            IntSupplier bufferedRows) {
        this.own = own;
        this.rowsWritten = rowsWritten;
        this.bytesWritten = bytesWritten;
        this.rowsRefused = rowsRefused;
        deadLetters = own.counter("deadLetters");
        collisions = own.counter("timestampCollisions");
        shiftedRows = own.counter("shiftedRows");
        batches = own.counter("batches");
        boundRows = own.counter("boundRows");
        retries = own.counter("retries", new SharedCounter());
        reconnects = own.counter("reconnects", new SharedCounter());
        own.gauge("outageSeconds", this::outageSeconds);
        own.gauge("bufferedRows", bufferedRows::getAsInt);
        own.gauge("lastBatchRows", () -> lastBatchRows);
        own.gauge("lastBatchBytes", () -> lastBatchBytes);
        own.histogram("requestMillis", requestTimes);
        this.checkpointRows = own.counter(checkpointRows + "Rows");
        this.ofRule = ofRule;
        if (ofRule != null) {
            // Not the counters themselves: Flink tells of each counter under one name only.
            ofRule.gauge("written", rowsWritten::getCount);
            ofRule.gauge("deadLetters", deadLetters::getCount);
            ofRule.gauge("collisions", collisions::getCount);
            ofRule.gauge(checkpointRows, this.checkpointRows::getCount);
            ofRule.gauge("inFlight", bufferedRows::getAsInt);
            ofRule.gauge("outageSeconds", this::outageSeconds);
        }
    }

    /**
     * Shows how long the oldest row has waited that is not written.
     *
     * @param since when it came, as {@link System#nanoTime()}, or null if there is none; asked by
     *     the reporter's thread
     */
    void showOldestRow(Supplier<Long> since) {
        own.gauge(
                "oldestRowMillis",
                () -> {
                    Long came = since.get();
                    return came == null
                            ? 0L
                            : Duration.ofNanos(System.nanoTime() - came).toMillis();
                });
    }

    /** Rows gave way to later ones before anything was sent. */
    void settled(int merged) {
        collisions.inc(merged);
    }

    void batchDone(SendOutcome outcome, int merged) {
        batches.inc();
        rowsWritten.inc(outcome.written());
        bytesWritten.inc(outcome.bytes());
        boundRows.inc(outcome.boundRows());
        collisions.inc(merged);
        lastBatchRows = outcome.written();
        lastBatchBytes = outcome.bytes();
        requestTimes.update(outcome.millis());
        sendTime = outcome.millis();
    }

    /** Rows were given to a checkpoint, or taken from one that is complete and done with. */
    void checkpointRows(int rows) {
        checkpointRows.inc(rows);
    }

    /** A row got a later time, since its own was taken. */
    void shifted() {
        shiftedRows.inc();
    }

    void deadLetter() {
        deadLetters.inc();
        rowsRefused.inc();
    }

    @Override
    public void retry() {
        retries.inc();
    }

    @Override
    public void reconnected() {
        reconnects.inc();
    }

    @Override
    public void unanswered(long nanoTime) {
        unansweredSince = nanoTime;
    }

    @Override
    public void answered() {
        unansweredSince = null;
    }

    /** For how long the server has not answered; 0 if it does. */
    private long outageSeconds() {
        Long since = unansweredSince;
        return since == null ? 0 : Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    /** A counter for a thread other than the task's. */
    private static final class SharedCounter implements Counter {
        private final AtomicLong count = new AtomicLong();

        @Override
        public void inc() {
            count.incrementAndGet();
        }

        @Override
        public void inc(long n) {
            count.addAndGet(n);
        }

        @Override
        public void dec() {
            count.decrementAndGet();
        }

        @Override
        public void dec(long n) {
            count.addAndGet(-n);
        }

        @Override
        public long getCount() {
            return count.get();
        }
    }
}
