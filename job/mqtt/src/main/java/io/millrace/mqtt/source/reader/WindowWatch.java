package io.millrace.mqtt.source.reader;

/**
 * Finds out whether the broker's window of unacknowledged messages limits a session: then, time
 * after time, the same number of messages comes at once after an acknowledgement and no more until
 * the next one. Not thread-safe.
 */
final class WindowWatch {
    /** So many checkpoints in a row must look like that. */
    private static final int ROUNDS = 5;

    /** Fewer messages than that are no window that a broker has. */
    private static final int LEAST = 5;

    /** The first message comes so soon after the acknowledgement. */
    private static final long SOON_MILLIS = 100;

    private long acknowledgedAt = Long.MIN_VALUE;
    private int previous;
    private int rounds;

    /** Messages were acknowledged. */
    void acknowledged(long nowMillis) {
        acknowledgedAt = nowMillis;
    }

    /**
     * A checkpoint begins.
     *
     * @param unacked messages that were emitted and not acknowledged
     * @param held all messages that are held; more than those if some wait to be emitted, and then
     *     it is not the broker that limits
     * @param oldestReceivedAt when the oldest of them came, in milliseconds
     * @return the window, if it limits; else 0
     */
    int snapshot(int unacked, int held, long oldestReceivedAt) {
        long wait = oldestReceivedAt - acknowledgedAt;
        boolean limited =
                unacked >= LEAST
                        && unacked == held
                        && unacked == previous
                        && wait >= 0
                        && wait <= SOON_MILLIS;
        previous = unacked;
        rounds = limited ? rounds + 1 : 0;
        return rounds >= ROUNDS ? unacked : 0;
    }
}
