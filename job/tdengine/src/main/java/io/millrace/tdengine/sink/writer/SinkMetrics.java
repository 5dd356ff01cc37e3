package io.millrace.tdengine.sink.writer;

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
final class SinkMetrics {
    private final Counter rowsWritten;
    private final Counter bytesWritten;
    private final Counter rowsRefused;
    private final Counter deadLetters;
    private final Counter collisions;
    private final Counter batches;

    /** Sending thread. */
    private final Counter retries;

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

    /** Sending thread. */
    void retry() {
        retries.inc();
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
