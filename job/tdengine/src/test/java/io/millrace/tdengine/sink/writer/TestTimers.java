package io.millrace.tdengine.sink.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** A clock that a test moves. */
final class TestTimers implements ProcessingTimeService {
    private record Timer(long at, ProcessingTimeCallback callback) {}

    private final List<Timer> timers = new ArrayList<>();
    private long now = 1_000_000;

    @Override
    public long getCurrentProcessingTime() {
        return now;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback target) {
        timers.add(new Timer(time, target));
        return null;
    }

    int pending() {
        return timers.size();
    }

    void advance(long millis) throws Exception {
        now += millis;
        for (Timer timer : List.copyOf(timers)) {
            if (timer.at <= now) {
                timers.remove(timer);
                timer.callback.onProcessingTime(now);
            }
        }
    }
}
