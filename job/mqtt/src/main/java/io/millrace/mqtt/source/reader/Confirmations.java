package io.millrace.mqtt.source.reader;

import java.util.ArrayDeque;
import java.util.Deque;

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

    /** A question that was asked when so many messages had been acknowledged. */
    private record Question(long number, long upTo) {}

    // All guarded by this.
    private final Deque<Question> questions = new ArrayDeque<>();
    private int epoch;
    private long settled;
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
        questions.clear();
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
     * Whether to ask now. Each acknowledgement is followed by a question at once, so that the
     * broker cannot use a packet id for the third time without having answered.
     *
     * @param idle whether nothing is held, so that an answer would tell something new
     */
    synchronized boolean isDue(boolean idle) {
        return due || idle && wanted && questions.isEmpty();
    }

    /** The question was sent, after all acknowledgements so far. */
    synchronized void asked(long question) {
        questions.addLast(new Question(question, settled));
        due = false;
        publishAnswered();
    }

    /** The answer came; perhaps even before {@link #asked} could be called. */
    synchronized void answered(int answeredEpoch, long question) {
        if (answeredEpoch == epoch) {
            answered = question;
            publishAnswered();
        }
    }

    /** Whether the broker has read all that was sent on this connection. */
    synchronized boolean isComplete() {
        return !due && questions.isEmpty();
    }

    private void publishAnswered() {
        while (!questions.isEmpty() && questions.peekFirst().number() <= answered) {
            confirmed = new Confirmed(epoch, questions.removeFirst().upTo());
        }
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
