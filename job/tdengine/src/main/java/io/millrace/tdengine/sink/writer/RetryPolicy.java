package io.millrace.tdengine.sink.writer;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: twice as long each time up to a limit, and of that a random
 * part between half and all, so that writers that failed together do not come back together.
 *
 * @param initialDelay before the second attempt
 * @param maxDelay at most
 * @param missingTimeout how long to wait for a database, table or column that is missing
 */
public record RetryPolicy(Duration initialDelay, Duration maxDelay, Duration missingTimeout)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The wait after a failure.
     *
     * @param failures how many attempts have failed so far, from 1
     */
    public Duration delay(int failures, RandomGenerator random) {
        double doublings = Math.min(failures - 1, 30);
        double full =
                Math.min(maxDelay.toMillis(), initialDelay.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis(Math.round(full * (0.5 + random.nextDouble() / 2)));
    }
}
