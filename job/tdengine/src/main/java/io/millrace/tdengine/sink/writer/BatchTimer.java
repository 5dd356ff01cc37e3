package io.millrace.tdengine.sink.writer;

import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Says when a batch has waited long enough. It has one of Flink's timers at most, however many
 * batches come and go meanwhile. Task thread only.
 */
final class BatchTimer {
    private final ProcessingTimeService timers;
    private final long intervalMillis;
    private final Runnable onDue;
    private boolean waiting;
    private boolean timerSet;
    private long dueAt;

    BatchTimer(ProcessingTimeService timers, Duration interval, Runnable onDue) {
        this.timers = timers;
        this.intervalMillis = interval.toMillis();
        this.onDue = onDue;
    }

    /** A batch has its first row. */
    void begin() {
        waiting = true;
        dueAt = timers.getCurrentProcessingTime() + intervalMillis;
        set();
    }

    /** The batch is sent. */
    void end() {
        waiting = false;
    }

    private void set() {
        if (!timerSet) {
            timerSet = true;
            timers.registerTimer(dueAt, this::onTimer);
        }
    }

    private void onTimer(long now) {
        timerSet = false;
        if (waiting && now < dueAt) {
            set();
        } else if (waiting) {
            waiting = false;
            onDue.run();
        }
    }
}
