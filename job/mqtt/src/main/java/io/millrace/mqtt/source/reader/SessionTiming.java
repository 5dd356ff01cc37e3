package io.millrace.mqtt.source.reader;

import java.time.Duration;

/**
 * How patient a session is.
 *
 * @param patience how long a client that cannot pause may be kept from reading; null for a third of
 *     the keep-alive
 * @param quiet how long nothing must come before a session that is given up counts as empty
 */
record SessionTiming(Duration patience, Duration quiet) {
    /** The patience for a connection in milliseconds. */
    long patienceMillis(int keepAliveSeconds) {
        // Two thirds of the keep-alive are left for a ping to come back.
        long third = Duration.ofSeconds(Math.max(1, keepAliveSeconds)).toMillis() / 3;
        return patience == null ? third : Math.min(third, patience.toMillis());
    }
}
