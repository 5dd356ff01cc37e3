package io.millrace.tdengine.sink.writer;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that the server does not answer: when that begins, once a minute while it lasts
 * and when it is over. One thread.
 */
final class Outage {
    static final Duration REMINDER = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String where;
    private int failures;
    private long beganAt;
    private long saidAt;

    Outage(String where) {
        this.where = where;
    }

    /**
     * An attempt failed.
     *
     * @param problem the server's or the driver's words
     * @param now in nanoseconds
     * @return how many have failed in a row
     */
    int failed(String problem, long now) {
        if (failures++ == 0) {
            beganAt = now;
            saidAt = now;
            LOG.warn(
                    "Cannot write to TDengine at {}: {}. Nothing is lost: it is tried again until"
                            + " it works, and meanwhile the source is held back.",
                    where,
                    problem);
        } else if (now - saidAt >= REMINDER.toNanos()) {
            saidAt = now;
            LOG.warn(
                    "Still cannot write to TDengine at {}, for {} s and {} attempts now: {}.",
                    where,
                    seconds(now),
                    failures,
                    problem);
        }
        return failures;
    }

    /** An attempt succeeded. */
    void over(long now) {
        if (failures > 0) {
            LOG.info(
                    "TDengine at {} answers again after {} s and {} attempts.",
                    where,
                    seconds(now),
                    failures);
            failures = 0;
        }
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - beganAt).toSeconds();
    }
}
