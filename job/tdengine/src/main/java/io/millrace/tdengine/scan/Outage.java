package io.millrace.tdengine.scan;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failures in a row and says how long to wait. For one thread. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final ReadRetries retries;
    private final String where;
    private final LongSupplier nanoClock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int failures;
    private long began;

    /**
     * Makes a counter.
     *
     * @param where the server, for the log
     */
    Outage(ReadRetries retries, String where, LongSupplier nanoClock) {
        this.retries = retries;
        this.where = where;
        this.nanoClock = nanoClock;
    }

    /**
     * Notes a failure.
     *
     * @return how long to wait before the next attempt; empty if it has lasted too long
     */
    Optional<Duration> failed(String problem) {
        long now = nanoClock.getAsLong();
        if (failures++ == 0) {
            began = now;
            LOG.warn(
                    "Cannot read from TDengine at {}: {}. It is tried again, see option '{}'.",
                    where,
                    problem,
                    retries.option());
        }
        return failures > retries.repetitions() || now - began > retries.timeout().toNanos()
                ? Optional.empty()
                : Optional.of(retries.policy().delay(failures, random));
    }

    boolean isOn() {
        return failures > 0;
    }

    /** Notes an answer. */
    void recovered() {
        if (failures > 0) {
            LOG.info("TDengine at {} answers again after {} attempts.", where, failures);
            failures = 0;
        }
    }

    /** What to tell the user when it has lasted too long. */
    String message(String problem) {
        return "TDengine at "
                + where
                + " cannot be read: "
                + problem
                + ". It was tried "
                + failures
                + " times, see option '"
                + retries.option()
                + "'. Check that taosAdapter and taosd run.";
    }
}
