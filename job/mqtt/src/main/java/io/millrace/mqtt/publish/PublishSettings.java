package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.Backoff;
import io.millrace.mqtt.client.ConnectionSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How to publish.
 *
 * @param clientIdPrefix begin of the client ids
 * @param maxInFlight how many messages may be without an answer, if the broker allows as many
 * @param maxBufferedMessages how many may wait in all
 * @param maxBufferedBytes how much memory they may take
 */
public record PublishSettings(
        ConnectionSettings connection,
        String clientIdPrefix,
        int maxInFlight,
        int maxBufferedMessages,
        long maxBufferedBytes,
        Duration reconnectInitialDelay,
        Duration reconnectMaxDelay)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MAX_IN_FLIGHT = 1_000;
    private static final int MAX_MESSAGES = 10_000;
    private static final long MAX_BYTES = 64L << 20;

    /** With the bounds that are the options' defaults. */
    public static PublishSettings of(
            ConnectionSettings connection,
            String clientIdPrefix,
            Duration reconnectInitialDelay,
            Duration reconnectMaxDelay) {
        return new PublishSettings(
                connection,
                clientIdPrefix,
                MAX_IN_FLIGHT,
                MAX_MESSAGES,
                MAX_BYTES,
                reconnectInitialDelay,
                reconnectMaxDelay);
    }

    /** The waits between attempts. */
    Backoff backoff() {
        return new Backoff(
                reconnectInitialDelay,
                reconnectMaxDelay,
                () -> ThreadLocalRandom.current().nextLong());
    }
}
