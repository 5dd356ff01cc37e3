package io.millrace.tdengine.sink.writer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * The sink's metrics, by their names. Rows taken = {@code numRecordsSend} (rows that TDengine
 * confirmed) + {@code collisions} + {@code deadLetters} + {@code bufferedRows}. Written by the task
 * thread unless said otherwise.
 */
final class SinkMetrics implements RetryingSession.Observer {
    private final Counter rowsWritten;
    private final Counter bytesWritten;
    private final Counter rowsRefused;
    private final Counter deadLetters;
    private final Counter collisions;
    private final Counter batches;

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

    SinkMetrics(SinkWriterMetricGroup group, IntSupplier bufferedRows) {
        rowsWritten = group.getNumRecordsSendCounter();
        bytesWritten = group.getNumBytesSendCounter();
        rowsRefused = group.getNumRecordsSendErrorsCounter();
        group.setCurrentSendTimeGauge(() -> sendTime);
        MetricGroup own = group.addGroup("tdengine");
        deadLetters = own.counter("deadLetters");
        collisions = own.counter("collisions");
        batches = own.counter("batches");
        retries = own.counter("retries", new SharedCounter());
        reconnects = own.counter("reconnects", new SharedCounter());
        own.gauge("outageSeconds", this::outageSeconds);
        own.gauge("bufferedRows", bufferedRows::getAsInt);
        own.gauge("lastBatchRows", () -> lastBatchRows);
    }

    void batchDone(SendOutcome outcome, int merged) {
        batches.inc();
        rowsWritten.inc(outcome.written());
        bytesWritten.inc(outcome.bytes());
        collisions.inc(merged);
        lastBatchRows = outcome.written();
        sendTime = outcome.millis();
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
