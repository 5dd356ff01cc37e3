package io.millrace.mqtt.source.reader;

/**
 * Knows which acknowledgements the broker has certainly read. Messages are counted in the order in
 * which the ledger takes them, over all connections.
 *
 * <p>Thread-safe: the session's thread tells what it acknowledged and asked, the client's thread
 * brings the broker's answers, the task's thread looks at the outcome.
 */
final class Confirmations {
    /**
     * What a broker has read.
     *
     * @param epoch the connection; messages of earlier ones were not acknowledged on it
     * @param upTo the number of the last message that was acknowledged before the question
     */
    record Confirmed(int epoch, long upTo) {
        static final Confirmed NOTHING = new Confirmed(0, 0);
    }

    // All guarded by this.
    private int epoch;
    private long settled;
    private long asked;
    private long askedUpTo;
    private long answered;
    private boolean due;

    // Written under this, read by the task's thread without.
    private volatile Confirmed confirmed = Confirmed.NOTHING;
    private volatile int firstEpoch;

    // Written by the task's thread, read by the session's.
    private volatile boolean wanted;

    /** A connection was made; if the broker did not know the session, all before it is void. */
    synchronized void connected(int newEpoch, boolean sessionPresent) {
        epoch = newEpoch;
        asked = 0;
        answered = 0;
        due = false;
        if (!sessionPresent) {
            firstEpoch = newEpoch;
        }
    }

    /** So many messages more are off the ledger, acknowledged if that was possible. */
    synchronized void settled(int count) {
        settled += count;
        due = true;
    }

    /** The next question is worth asking though nothing was acknowledged. */
    synchronized void makeDue() {
        due = true;
    }

    /**
     * Whether to ask now; never while an answer is out.
     *
     * @param idle whether nothing is held, so that an answer asked for would tell something new
     */
    synchronized boolean isDue(boolean idle) {
        return asked == answered && (due || idle && wanted);
    }

    /** The question was sent, after all acknowledgements so far. */
    synchronized void asked(long question) {
        asked = question;
        askedUpTo = settled;
        due = false;
        if (answered >= asked) {
            publish();
        }
    }

    /** The answer came; perhaps even before {@link #asked} could be called. */
    synchronized void answered(int answeredEpoch, long question) {
        if (answeredEpoch != epoch) {
            return;
        }
        answered = question;
        if (answered == asked) {
            publish();
        }
    }

    /** Whether the broker has read all that was sent on this connection. */
    synchronized boolean isComplete() {
        return !due && asked == answered;
    }

    private void publish() {
        confirmed = new Confirmed(epoch, askedUpTo);
    }

    /** What the broker has read; a new object with each answer. */
    Confirmed confirmed() {
        return confirmed;
    }

    /** The connection with which the broker's present session began; 0 if that was before us. */
    int firstEpoch() {
        return firstEpoch;
    }

    /** Whether questions shall be asked even when nothing is acknowledged. */
    void setWanted(boolean wanted) {
        this.wanted = wanted;
    }
}
