package io.millrace.tdengine.sink.writer;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a database, table or column that is not there, since someone may be creating it just
 * now; for a bounded time. One thread.
 */
final class MissingWait {
    private static final Logger LOG = LoggerFactory.getLogger(MissingWait.class);

    private final RetryPolicy policy;
    private final RetryingSession.Sleeper sleeper;
    private final LongSupplier nanoClock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int attempts;
    private long beganAt;

    MissingWait(RetryPolicy policy, RetryingSession.Sleeper sleeper, LongSupplier nanoClock) {
        this.policy = policy;
        this.sleeper = sleeper;
        this.nanoClock = nanoClock;
    }

    /**
     * Waits before the caller looks again.
     *
     * @param problem what is missing and what to do about it
     * @throws IOException with the problem, if it has been waited for long enough
     */
    void pause(String problem) throws IOException, InterruptedException {
        long now = nanoClock.getAsLong();
        if (attempts++ == 0) {
            beganAt = now;
            if (!policy.missingTimeout().isZero()) {
                LOG.warn(
                        "{} It is waited for up to {} ms, in case it is just being created.",
                        problem,
                        policy.missingTimeout().toMillis());
            }
        }
        Duration left = policy.missingTimeout().minusNanos(now - beganAt);
        if (left.isNegative() || left.isZero()) {
            throw new IOException(problem);
        }
        Duration delay = policy.delay(attempts, random);
        sleeper.sleep(delay.compareTo(left) < 0 ? delay : left);
    }

    /** It is there. */
    void over() {
        attempts = 0;
    }
}
