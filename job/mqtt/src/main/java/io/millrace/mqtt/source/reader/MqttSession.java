package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.Backoff;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one MQTT session going: connects, and connects again when a {@linkplain SessionConnection
 * connection} ends, for as long as it takes. All that happens in a thread of its own, so that the
 * task's thread never waits for the network.
 *
 * <p>Each connection has an epoch, counted from 1, and a client of its own.
 */
public final class MqttSession implements AutoCloseable {
    /** What a session tells; called by its own thread or the client's. */
    public interface Events {
        void reconnected();

        void droppedQos0(int count);

        /** {@link MqttSession#state()} is another. */
        void changed();

        /** There are messages to take. */
        void ready();
    }

    /** A connection that lasted so long was a good one. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    private final MqttSplit split;
    private final MqttClientFactory clients;
    private final Events events;
    private final SessionBuffer buffer;
    private final SessionSignals signals = new SessionSignals();
    private final Confirmations confirmations = new Confirmations();
    private final SessionConnection.Session common;
    private final SessionLog log;
    private final Backoff backoff;
    // Null unless messages are acknowledged when they are in it.
    private final SessionJournal journal;
    private final Thread thread;

    // Written by the session's thread, failures also by the journal's; read by any.
    private volatile SessionState state = SessionState.CONNECTING;
    private volatile MqttFailure failure;
    private volatile int reconnects;

    // Session's thread only.
    private int epoch;
    private boolean everConnected;
    private long connectedAt;
    private int shortLived;

    MqttSession(
            MqttSplit split,
            MqttSourceSettings settings,
            MqttClientFactory clients,
            SessionTiming timing,
            Events events) {
        this.split = split;
        this.clients = clients;
        this.events = events;
        this.log = new SessionLog(split);
        this.buffer =
                new SessionBuffer(
                        settings.maxUnackedMessages(),
                        settings.maxUnackedBytes(),
                        settings.qos0Overflow(),
                        this::arrived,
                        events::droppedQos0);
        this.journal =
                settings.ackMode() == AckMode.JOURNAL
                        ? new SessionJournal(
                                split, settings.journal(), buffer, new Journaling(), events::ready)
                        : null;
        this.common =
                new SessionConnection.Session(
                        split, settings, buffer, journal, signals, confirmations, log, timing);
        this.backoff =
                new Backoff(
                        settings.reconnectInitialDelay(),
                        settings.reconnectMaxDelay(),
                        () -> ThreadLocalRandom.current().nextLong());
        this.thread = new Thread(this::run, "mqtt-session-" + split.clientId());
        thread.setDaemon(true);
    }

    /** Begins to connect and returns at once. */
    public void start() {
        if (journal == null) {
            thread.start();
        } else {
            // It starts the session's thread when it is open.
            journal.start();
        }
    }

    /** Where its messages wait that came from the broker. */
    public SessionBuffer buffer() {
        return buffer;
    }

    /** Where to take the messages that may be emitted. */
    Inbox inbox() {
        return journal == null ? buffer : journal.inbox();
    }

    /** Null unless messages are acknowledged when they are in it. */
    SessionJournal journal() {
        return journal;
    }

    private void arrived() {
        if (journal == null) {
            events.ready();
        } else {
            journal.wake();
        }
    }

    /** What the broker has said about acknowledgements. */
    Confirmations confirmations() {
        return confirmations;
    }

    /** What it does just now. */
    public SessionState state() {
        return state;
    }

    /** Why it has given up; null while it has not. */
    public MqttFailure failure() {
        return failure;
    }

    /** How often it has connected and subscribed, not counting the first time. */
    int reconnects() {
        return reconnects;
    }

    /** Acknowledges messages, as far as their connection is still there; returns at once. */
    public void acknowledge(Receipt receipt) {
        if (receipt.count() > 0) {
            signals.acknowledge(receipt);
        }
    }

    /** Tells the operator that the broker's window limits the session. */
    void tellWindow(int messages) {
        log.window(messages);
    }

    /** Begins to end; {@link #close} waits for it. */
    public void beginClose() {
        // A client's thread that is held back in there could not end.
        buffer.close();
        if (journal == null) {
            signals.close();
        } else {
            // What it is writing is still acknowledged; then it ends the session.
            journal.beginClose();
        }
    }

    /**
     * Sends the acknowledgements that are under way, ends the connection and leaves the session at
     * the broker. Returns after five seconds at the latest, twice that with a journal.
     */
    @Override
    public void close() {
        beginClose();
        if (journal != null) {
            journal.close(5_000);
            signals.close();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.leftAlone();
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (!signals.isClosing() && state != SessionState.ENDED) {
                connectOnce();
            }
        } catch (MqttFailure e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(MqttFailure.permanent("Session '" + split.clientId() + "': " + e.getMessage(), e));
        }
    }

    private void fail(MqttFailure cause) {
        if (!signals.isClosing()) {
            failure = cause;
            become(SessionState.FAILED);
        }
    }

    /**
     * One connection from CONNECT to its end, and a pause if it did not end in order.
     *
     * @throws MqttFailure one that is permanent
     */
    private void connectOnce() throws MqttFailure {
        epoch++;
        become(SessionState.CONNECTING);
        try {
            SessionConnection connection =
                    new SessionConnection(common, epoch, clients, this::noteReady);
            if (connection.run() == SessionConnection.End.DRAINED) {
                if (journal != null) {
                    journal.end();
                }
                become(SessionState.ENDED);
            }
        } catch (MqttFailure e) {
            if (e.isPermanent()) {
                throw e;
            }
            noteLost(e);
            become(SessionState.WAITING);
            pause(backoff.nextMillis());
        }
    }

    /** Waits before the next attempt. What can be acknowledged meanwhile, the broker repeats. */
    private void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (left > 0 && !signals.isClosing()) {
            Receipt receipt = signals.awaitWithoutConnection(left);
            if (receipt != null) {
                common.settle(receipt);
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    private void noteReady() {
        connectedAt = System.nanoTime();
        log.ready();
        if (everConnected) {
            reconnects++;
            events.reconnected();
        }
        everConnected = true;
        become(split.draining() ? SessionState.DRAINING : SessionState.SUBSCRIBED);
    }

    private void noteLost(MqttFailure cause) {
        if (signals.isClosing()) {
            return;
        }
        log.lost(cause);
        if (!state.isConnected()) {
            return;
        }
        if (System.nanoTime() - connectedAt > GOOD.toNanos()) {
            shortLived = 0;
            backoff.reset();
        } else {
            log.shortLived(++shortLived);
        }
    }

    /** Called by the journal's thread. */
    private final class Journaling implements SessionJournal.Host {
        @Override
        public void opened() {
            thread.start();
        }

        @Override
        public void acknowledge(Receipt receipt) {
            signals.acknowledge(receipt);
        }

        @Override
        public void failed(MqttFailure failure) {
            fail(failure);
        }

        @Override
        public void ended() {
            signals.close();
        }
    }

    private void become(SessionState next) {
        if (state != next) {
            state = next;
            events.changed();
        }
    }
}
