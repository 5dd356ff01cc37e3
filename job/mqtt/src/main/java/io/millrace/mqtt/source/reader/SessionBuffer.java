package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.Overflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Hands the messages of one session from the client's thread to the task's, and bounds what the job
 * holds of that session: everything that was received and has not been acknowledged (or, with QoS
 * 0, emitted) counts. With a journal, it counts until it is emitted.
 *
 * <p><b>At the bound</b>, a client that can pause is paused until a quarter of the bound is free:
 * TCP holds the broker back, and what one read of the socket brought is all that goes beyond.
 *
 * <p>For a client that cannot, {@link #put} blocks for a while, which keeps it from reading. Paho
 * stands that for less than its keep-alive only. When the time is over, {@code put} lets the
 * message go: it was not acknowledged, so the broker still has it and sends it again on the next
 * connection. From then on the buffer <i>sheds</i>: it takes no more QoS 1 messages of this
 * connection, one of which goes by each time the wait is over, until all that is held has been
 * acknowledged on the connection that is still alive; then the session connects anew. That way a
 * job whose checkpoints are rarer than its bound fills makes progress, and nothing is written
 * twice.
 *
 * <p><b>Between two connections</b>, what has not been taken stays {@linkplain #isHeld held}: if
 * the broker still knows the session it sends that again, and the first copy {@linkplain
 * #isRepeated counts for nothing}; if not, this is the only copy and it is emitted.
 *
 * <p>Thread-safe: the client's thread puts, the task's thread takes and releases, the session's
 * thread opens and closes epochs.
 */
public final class SessionBuffer implements Inbox {
    /** Lets a client read or keeps it from that. Must not call back. */
    interface Valve {
        void set(boolean open);
    }

    private final int maxMessages;
    private final long maxBytes;
    private final Overflow qos0Overflow;
    private final Runnable onFirst;
    private final IntConsumer onDropped;

    // All guarded by this.
    private List<ReceivedMessage> waiting = new ArrayList<>();
    private int messages;
    private long bytes;
    private int openEpoch;
    private boolean shedding;
    private long patienceNanos;
    private Valve valve;
    private boolean valveOpen;

    // Written under this, read by the task's thread without.
    private volatile boolean held;
    private volatile int repeatedBefore;

    /**
     * @param onFirst called when messages come into an empty buffer, and when held ones are let go
     * @param onDropped called with the number of QoS 0 messages that were dropped
     */
    SessionBuffer(
            int maxMessages,
            long maxBytes,
            Overflow qos0Overflow,
            Runnable onFirst,
            IntConsumer onDropped) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.qos0Overflow = qos0Overflow;
        this.onFirst = onFirst;
        this.onDropped = onDropped;
    }

    /**
     * A connection is about to be made: its messages are taken from now on, though held until
     * {@link #connected}.
     *
     * @param patienceMillis how long {@link #put} may block if there is no valve
     * @param valve null if the client cannot pause
     */
    synchronized void open(int epoch, long patienceMillis, Valve valve) {
        openEpoch = epoch;
        shedding = false;
        held = true;
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        this.valve = valve;
        valveOpen = true;
    }

    /**
     * The connection was made.
     *
     * @param sessionPresent whether the broker still knew the session, and so sends again what was
     *     not acknowledged on earlier connections
     * @param patienceMillis how long {@link #put} may block from now on
     */
    public void connected(boolean sessionPresent, long patienceMillis) {
        synchronized (this) {
            patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            if (sessionPresent) {
                // The task's thread passes them over, in their place in the order.
                repeatedBefore = openEpoch;
            }
            held = false;
        }
        onFirst.run();
    }

    /** A connection has ended, if it is not a later one that is open by now. */
    public synchronized void close(int epoch) {
        if (openEpoch == epoch) {
            close();
        }
    }

    /** The connection has ended: its messages are no longer taken, and no put blocks. */
    public synchronized void close() {
        openEpoch = 0;
        held = true;
        valve = null;
        notifyAll();
    }

    /**
     * Hands over what a read of the socket brought; without a valve that is one message. Called by
     * the client's thread. Messages of a connection that has ended are left at the broker.
     */
    public void put(int epoch, List<ReceivedMessage> received) {
        boolean first;
        int dropped;
        synchronized (this) {
            if (epoch != openEpoch) {
                return;
            }
            if (valve == null && received.get(0).qos() > 0 && !awaitSpace(epoch)) {
                return;
            }
            first = waiting.isEmpty();
            waiting.addAll(received);
            for (int i = 0; i < received.size(); i++) {
                count(1, received.get(i).size());
            }
            dropped = isFull() ? dropQos0() : 0;
            setValve();
        }
        if (dropped > 0) {
            onDropped.accept(dropped);
        }
        if (first) {
            onFirst.run();
        }
    }

    /** Drops QoS 0 messages until there is space, if that is how to get space for them. */
    private int dropQos0() {
        if (qos0Overflow == Overflow.WAIT && valve != null) {
            return 0;
        }
        boolean oldest = qos0Overflow == Overflow.DROP_OLDEST;
        int before = messages;
        if (!oldest) {
            Collections.reverse(waiting);
        }
        waiting.removeIf(
                message -> {
                    boolean drop = message.qos() == 0 && isOver();
                    if (drop) {
                        count(-1, -message.size());
                    }
                    return drop;
                });
        if (!oldest) {
            Collections.reverse(waiting);
        }
        return before - messages;
    }

    /** Whether the message may be taken. */
    private boolean awaitSpace(int epoch) {
        long end = System.nanoTime() + patienceNanos;
        while (epoch == openEpoch && (shedding || isFull())) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                shedding = true;
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                shedding = true;
                return false;
            }
        }
        return epoch == openEpoch;
    }

    /** Takes all messages that wait, in order; none while they are held. */
    @Override
    public synchronized List<ReceivedMessage> take() {
        if (held || waiting.isEmpty()) {
            return List.of();
        }
        List<ReceivedMessage> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** Whether {@link #take} would bring messages. */
    @Override
    public synchronized boolean isReady() {
        return !held && !waiting.isEmpty();
    }

    /** Whether nothing may be emitted, since it is not yet known whether it comes again. */
    @Override
    public boolean isHeld() {
        return held;
    }

    /** Whether the broker sends a message again that was received on an earlier connection. */
    @Override
    public boolean isRepeated(ReceivedMessage message) {
        return message.qos() > 0 && message.epoch() < repeatedBefore;
    }

    /** Messages have been acknowledged, or need not be: they are no longer held. */
    public synchronized void release(int count, long size) {
        count(-count, -size);
        setValve();
        notifyAll();
    }

    /** Whether the session has to connect anew to get what was let go, and now can. */
    public synchronized boolean isDrained() {
        return shedding && messages == 0;
    }

    /** Whether messages have been let go on this connection. */
    public synchronized boolean isShedding() {
        return shedding;
    }

    /** Whether no more messages are taken for now. */
    public synchronized boolean isAtBound() {
        return shedding || isFull();
    }

    /** How many messages are held. */
    public synchronized int messages() {
        return messages;
    }

    /** How many bytes they take. */
    public synchronized long bytes() {
        return bytes;
    }

    /** How many messages wait to be taken. */
    @Override
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Between the two marks it stays as it is. */
    private void setValve() {
        boolean open =
                messages <= maxMessages - maxMessages / 4
                        && bytes <= maxBytes - maxBytes / 4
                        && !isFull();
        if (valve != null && (valveOpen ? isFull() : open)) {
            valveOpen = !valveOpen;
            valve.set(valveOpen);
        }
    }

    private boolean isOver() {
        return messages > maxMessages || bytes > maxBytes;
    }

    private boolean isFull() {
        return messages >= maxMessages || bytes >= maxBytes;
    }

    private void count(int countChange, long sizeChange) {
        messages += countChange;
        bytes += sizeChange;
    }
}
