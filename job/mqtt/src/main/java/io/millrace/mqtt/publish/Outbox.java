package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where the job's thread, the thread of a {@link PublishSession} and the client's threads meet: the
 * first puts messages in and waits for room or for the end of all, the second sends them, the third
 * tell what became of them. Thread-safe.
 *
 * <p>What comes of an older connection than the current one is ignored.
 */
public final class Outbox {
    /**
     * A message that the broker will not take.
     *
     * @param reason a sentence for a person
     */
    public record Refused(OutgoingMessage message, String reason) {}

    /** What the job's thread waits for. */
    private enum Wish {
        NOTHING,
        ROOM,
        EMPTY
    }

    /** So many are written to the socket in one go. */
    private static final int BATCH = 500;

    private static final long BATCH_BYTES = 1 << 20;

    private final int maxMessages;
    private final long maxBytes;
    private final PublishEvents events;

    // Guarded by this, as is all that follows.
    private final PublicationQueue queue;
    private final Pace pace;
    private final Deque<Refused> refused = new ArrayDeque<>();
    private Wish wish = Wish.NOTHING;
    private boolean wantsWork;
    private int epoch;
    private boolean closed;
    private MqttFailure lost;
    private MqttFailure failure;

    public Outbox(PublishSettings settings, PublishEvents events) {
        this.maxMessages = settings.maxBufferedMessages();
        this.maxBytes = settings.maxBufferedBytes();
        this.events = events;
        this.queue = new PublicationQueue(events);
        this.pace = new Pace(settings.backoff(), System.nanoTime());
    }

    /** Takes a message. Whoever cares for the bound has {@linkplain #awaitRoom waited}. */
    public synchronized void put(OutgoingMessage message) {
        queue.add(message);
        wakeSender();
    }

    /**
     * Takes a message if there is room.
     *
     * @return whether it did
     * @throws MqttFailure if nothing will be sent any more
     */
    public synchronized boolean offer(OutgoingMessage message) throws MqttFailure {
        throwIfFailed();
        if (!isFulfilled(Wish.ROOM)) {
            return false;
        }
        put(message);
        return true;
    }

    /**
     * Waits for room for one more message, or for something to tell.
     *
     * @return whether there is room
     * @throws MqttFailure if nothing will be sent any more
     */
    public synchronized boolean awaitRoom(long millis) throws MqttFailure, InterruptedException {
        return await(Wish.ROOM, millis);
    }

    /**
     * Waits until the broker has answered for all messages, or for something to tell.
     *
     * @return whether it has
     * @throws MqttFailure if it will not any more
     */
    public synchronized boolean awaitEmpty(long millis) throws MqttFailure, InterruptedException {
        return await(Wish.EMPTY, millis);
    }

    private boolean await(Wish wanted, long millis) throws MqttFailure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        wish = wanted;
        try {
            while (failure == null && refused.isEmpty() && !isFulfilled(wanted)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } finally {
            wish = Wish.NOTHING;
        }
        throwIfFailed();
        return isFulfilled(wanted);
    }

    private boolean isFulfilled(Wish wanted) {
        return switch (wanted) {
            case NOTHING -> false;
            case EMPTY -> queue.size() == 0;
            case ROOM ->
                    queue.size() == 0 || queue.size() < maxMessages && queue.bytes() < maxBytes;
        };
    }

    /** The next message that was refused for good; null if there is none. */
    public synchronized Refused takeRefused() {
        return refused.poll();
    }

    /** Whether there is one. */
    public synchronized boolean hasRefused() {
        return !refused.isEmpty();
    }

    /** Throws what has ended the sending, if it has ended. */
    public synchronized void throwIfFailed() throws MqttFailure {
        if (failure != null) {
            throw failure;
        }
    }

    /** Messages that wait for their end. Any thread. */
    public synchronized int messages() {
        return queue.size();
    }

    /** Messages that were sent and wait for an answer. Any thread. */
    public synchronized int inFlight() {
        return queue.inFlight();
    }

    /** The end: whoever waits to send stops. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** A connection begins; all that is not done with is sent again. Returns its epoch. */
    synchronized int begin() {
        epoch++;
        lost = null;
        pace.begin();
        queue.rewind();
        wakeJob();
        return epoch;
    }

    /**
     * The connection stands.
     *
     * @param inFlight how many messages may be in flight
     * @param careful whether to begin with one, until there is an answer
     */
    synchronized void open(int inFlight, boolean careful) {
        pace.open(inFlight, careful, System.nanoTime());
    }

    /** Whether the broker has answered for any message of this connection. */
    synchronized boolean hasAnswer() {
        return pace.hasAnswer();
    }

    /** The first message that waits for its end; null if there is none. */
    synchronized OutgoingMessage first() {
        return queue.first();
    }

    /**
     * Waits for something to send.
     *
     * @param answerMillis how long the broker may take to answer
     * @return what to send; empty if nothing came, or at the end
     * @throws MqttFailure if the connection is gone, or does not answer any more
     */
    synchronized List<Publication> take(long millis, long answerMillis) throws MqttFailure {
        awaitWork(millis);
        if (lost != null) {
            throw lost;
        }
        long now = System.nanoTime();
        pace.requireAnswer(queue.inFlight(), now, answerMillis);
        if (closed || pace.isPaused(now)) {
            return List.of();
        }
        boolean idle = queue.inFlight() == 0;
        List<Publication> taken = queue.take(pace.window(), BATCH, BATCH_BYTES, now);
        pace.sent(taken.size(), idle, now);
        return taken;
    }

    private void awaitWork(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        wantsWork = true;
        try {
            while (!closed && lost == null) {
                long now = System.nanoTime();
                boolean paused = pace.isPaused(now);
                if (!paused && queue.hasWork(pace.window())) {
                    return;
                }
                long until = paused && pace.pausedUntil() - end < 0 ? pace.pausedUntil() : end;
                long left = TimeUnit.NANOSECONDS.toMillis(until - now);
                if (left <= 0 && until == end) {
                    return;
                }
                wait(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            wantsWork = false;
        }
    }

    /** Waits before the next connection, or until the end. */
    synchronized void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        try {
            while (left > 0 && !closed) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Nothing will be sent any more. */
    synchronized void fail(MqttFailure cause) {
        failure = cause;
        notifyAll();
        events.news();
    }

    /** A connection was lost. */
    synchronized void lost(int ofEpoch, MqttFailure cause) {
        if (ofEpoch == epoch) {
            lost = cause;
            notifyAll();
        }
    }

    /** Messages are on their way; for those of QoS 0 that is all that can be said. */
    synchronized void written(int ofEpoch, List<Publication> messages) {
        if (ofEpoch != epoch) {
            return;
        }
        long now = System.nanoTime();
        pace.written(messages.size(), now);
        for (Publication publication : messages) {
            if (publication.message().qos() == 0) {
                queue.acknowledged(publication.number(), now);
            }
        }
        wakeJob();
        wakeSender();
    }

    /** The broker has a message. */
    synchronized void acknowledged(int ofEpoch, Publication publication) {
        if (ofEpoch == epoch) {
            long now = System.nanoTime();
            pace.acknowledged(publication.number(), now);
            queue.acknowledged(publication.number(), now);
            wakeJob();
            wakeSender();
        }
    }

    /** A message was refused for good. */
    synchronized void refusedForGood(int ofEpoch, Publication publication, String reason) {
        if (ofEpoch == epoch && queue.refusedForGood(publication.number())) {
            pace.answered(System.nanoTime());
            refused.add(new Refused(publication.message(), reason));
            notifyAll();
            events.news();
        }
    }

    /**
     * A message was refused for now; nothing is sent for a while.
     *
     * @return how long, in milliseconds; 0 if that is known already
     */
    synchronized long refusedForNow(int ofEpoch, Publication publication) {
        if (ofEpoch != epoch || !queue.refusedForNow(publication.number())) {
            return 0;
        }
        // Whoever waits for work has to look at the clock anew.
        notifyAll();
        return pace.refusedForNow(publication.number(), System.nanoTime());
    }

    private void wakeJob() {
        if (wish != Wish.NOTHING && isFulfilled(wish)) {
            notifyAll();
        }
    }

    private void wakeSender() {
        if (wantsWork && queue.hasWork(pace.window())) {
            notifyAll();
        }
    }
}
