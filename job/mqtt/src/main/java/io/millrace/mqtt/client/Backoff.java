package io.millrace.mqtt.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts to connect: they double up to a bound, and each is taken at random from
 * its upper half, so that many clients do not come back at once. Not thread-safe.
 */
public final class Backoff {
    private final long initialMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private long nextMillis;

    public Backoff(Duration initial, Duration max, RandomGenerator random) {
        this.initialMillis = Math.max(1, initial.toMillis());
        this.maxMillis = Math.max(initialMillis, max.toMillis());
        this.random = random;
        reset();
    }

    /** The next wait in milliseconds. */
    public long nextMillis() {
        long bound = nextMillis;
        nextMillis = Math.min(maxMillis, nextMillis * 2);
        return bound / 2 + random.nextLong(bound - bound / 2 + 1);
    }

    /** A connection has lasted: the next wait is the first one again. */
    public void reset() {
        nextMillis = initialMillis;
    }
}
