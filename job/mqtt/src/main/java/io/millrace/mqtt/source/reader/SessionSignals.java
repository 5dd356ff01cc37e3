package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.MqttFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What others tell a session's thread: the task's thread what to acknowledge and when to end, the
 * client's threads what became of the connection. Thread-safe.
 */
final class SessionSignals {
    // All guarded by this.
    private final Deque<Receipt> receipts = new ArrayDeque<>();
    private boolean closing;
    private int answeredEpoch;
    private MqttFailure refusal;
    private int lostEpoch;
    private MqttFailure lost;

    /** There is something to acknowledge. */
    synchronized void acknowledge(Receipt receipt) {
        receipts.addLast(receipt);
        notifyAll();
    }

    /** The session shall end. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    /** The broker answered SUBSCRIBE or UNSUBSCRIBE; null if it took it. */
    synchronized void answered(int epoch, MqttFailure answer) {
        answeredEpoch = epoch;
        refusal = answer;
        notifyAll();
    }

    /** A connection ended. */
    synchronized void lost(int epoch, MqttFailure cause) {
        lostEpoch = epoch;
        lost = cause;
        notifyAll();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    /** Whether the broker has answered on this connection, and took it. */
    synchronized boolean isAnswered(int epoch) {
        return answeredEpoch == epoch && refusal == null;
    }

    /**
     * Waits for something to acknowledge, for the end, or for a change of the connection.
     *
     * @param answered whether the answer is known already
     * @param other anything else to wake up for; looked at when something happens
     * @return what to acknowledge, or null
     * @throws MqttFailure if this connection has ended or SUBSCRIBE was refused
     */
    synchronized Receipt await(int epoch, boolean answered, long millis, BooleanSupplier other)
            throws MqttFailure {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            if (lostEpoch == epoch) {
                throw lost;
            }
            if (answeredEpoch == epoch && refusal != null) {
                throw refusal;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            boolean news = !answered && answeredEpoch == epoch;
            if (!receipts.isEmpty() || closing || news || left <= 0 || other.getAsBoolean()) {
                return receipts.pollFirst();
            }
            doWait(left);
        }
    }

    /** Waits for the end or for receipts, which are of no use without a connection. */
    synchronized Receipt awaitWithoutConnection(long millis) {
        if (receipts.isEmpty() && !closing && millis > 0) {
            doWait(millis);
        }
        return receipts.pollFirst();
    }

    /** Caller holds the lock. */
    private void doWait(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            closing = true;
        }
    }
}
