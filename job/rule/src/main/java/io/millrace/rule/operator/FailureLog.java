package io.millrace.rule.operator;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs why a rule fails: a line at most every ten seconds, which tells how many there were. */
final class FailureLog {
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Logger log;
    private final String rule;
    private final LongSupplier nanoTime;
    private long silentUntil;
    private long unsaid;
    private boolean spoken;

    FailureLog(Logger log, String rule, LongSupplier nanoTime) {
        this.log = log;
        this.rule = rule;
        this.nanoTime = nanoTime;
    }

    void failed(String reason, String topic) {
        long now = nanoTime.getAsLong();
        if (spoken && now - silentUntil < 0) {
            unsaid++;
            return;
        }
        log.warn(
                "Rule '{}' fails on a message of '{}': {}{}",
                rule,
                topic,
                reason,
                unsaid == 0 ? "" : " (and " + unsaid + " messages since the last such line)");
        spoken = true;
        unsaid = 0;
        silentUntil = now + PAUSE_NANOS;
    }
}
