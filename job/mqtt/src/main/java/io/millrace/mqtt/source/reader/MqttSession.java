package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one MQTT session going: connects, subscribes, acknowledges, and connects again with a new
 * client when a connection ends, for as long as it takes. All that happens in a thread of its own,
 * so that the task's thread never waits for the network.
 *
 * <p>Each connection has an epoch. An acknowledgement of an older epoch is never sent: on a new
 * connection the same packet id may be another message.
 */
public final class MqttSession implements AutoCloseable {
    /** What a session tells; called by its own thread or the client's. */
    public interface Events {
        void reconnected();

        void droppedQos0();

        /** {@link MqttSession#failure()} is set. */
        void failed();

        /** There are messages to take. */
        void ready();
    }

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    /** A connection that lasted so long was a good one. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    /** So many connections in a row that did not are worth a hint. */
    private static final int SHORT_LIVED = 5;

    private final MqttSplit split;
    private final MqttSourceSettings settings;
    private final MqttClientFactory clients;
    private final Events events;
    private final SessionBuffer buffer;
    private final Backoff backoff;
    private final Duration patience;
    private final Thread thread;

    // Guarded by this; the session's thread waits on it.
    private final Deque<Receipt> receipts = new ArrayDeque<>();
    private boolean closing;
    private MqttFailure lost;
    private int lostEpoch;

    // Written by the session's thread, read by any.
    private volatile boolean connected;
    private volatile MqttFailure failure;

    // Session's thread only.
    private int epoch;
    private int shortLived;
    private boolean everConnected;
    private long connectedAt;

    /**
     * @param patience how long the client may be kept from reading; null for a third of the
     *     keep-alive
     */
    MqttSession(
            MqttSplit split,
            MqttSourceSettings settings,
            MqttClientFactory clients,
            Duration patience,
            Events events) {
        this.split = split;
        this.settings = settings;
        this.clients = clients;
        this.patience = patience;
        this.events = events;
        this.buffer =
                new SessionBuffer(
                        settings.maxUnackedMessages(), settings.maxUnackedBytes(), events::ready);
        this.backoff =
                new Backoff(
                        settings.reconnectInitialDelay(),
                        settings.reconnectMaxDelay(),
                        ThreadLocalRandom.current()::nextLong);
        this.thread = new Thread(this::run, "mqtt-session-" + split.clientId());
        thread.setDaemon(true);
    }

    /** Begins to connect and returns at once. */
    public void start() {
        thread.start();
    }

    /** Where its messages wait. */
    public SessionBuffer buffer() {
        return buffer;
    }

    /** Whether it is connected and subscribed now. */
    public boolean isConnected() {
        return connected;
    }

    /** Why it has given up; null while it has not. */
    public MqttFailure failure() {
        return failure;
    }

    /** Acknowledges messages, as far as their connection is still there; returns at once. */
    public synchronized void acknowledge(Receipt receipt) {
        if (receipt.count() > 0) {
            receipts.addLast(receipt);
            notifyAll();
        }
    }

    /** Begins to end; {@link #close} waits for it. */
    public void beginClose() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        // A client's thread that is held back in there could not end.
        buffer.close();
    }

    /**
     * Sends the acknowledgements that are under way, ends the connection and leaves the session at
     * the broker. Returns after five seconds at the latest.
     */
    @Override
    public void close() {
        beginClose();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("Session '{}' did not end in time and is left alone", split.clientId());
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                boolean again = connectOnce();
                if (!again) {
                    pause(backoff.nextMillis());
                }
            }
        } catch (MqttFailure | RuntimeException e) {
            MqttFailure permanent =
                    e instanceof MqttFailure given
                            ? given
                            : MqttFailure.permanent(
                                    "Session '" + split.clientId() + "' failed: " + e.getMessage(),
                                    e);
            if (!isClosing()) {
                failure = permanent;
                events.failed();
            }
        } finally {
            discardReceipts();
        }
    }

    /**
     * One connection from CONNECT to its end.
     *
     * @return whether to connect again without a pause
     * @throws MqttFailure one that is permanent
     */
    private boolean connectOnce() throws MqttFailure {
        epoch++;
        int current = epoch;
        buffer.open(current, patienceMillis(settings.connection().keepAliveSeconds()));
        MqttClient client =
                clients.create(
                        settings.connection(), split.clientId(), current, new Listener(current));
        try {
            MqttClient.Connected answer = client.connect();
            tellConnected(answer);
            buffer.connected(answer.sessionPresent(), patienceMillis(answer.keepAliveSeconds()));
            client.subscribe(split.topic(), settings.qos());
            connected = true;
            connectedAt = System.nanoTime();
            if (everConnected) {
                events.reconnected();
            }
            everConnected = true;
            return serve(client, current);
        } catch (MqttFailure e) {
            if (e.isPermanent()) {
                throw e;
            }
            tellLost(e);
            return false;
        } finally {
            connected = false;
            buffer.close();
            client.close();
        }
    }

    /** Acknowledges until the connection ends. */
    private boolean serve(MqttClient client, int current) throws MqttFailure {
        boolean toldShedding = false;
        while (true) {
            Receipt receipt;
            synchronized (this) {
                while (receipts.isEmpty()
                        && !closing
                        && lostEpoch != current
                        && !buffer.isDrained()) {
                    await(1_000);
                }
                if (lostEpoch == current) {
                    throw lost;
                }
                receipt = receipts.pollFirst();
                if (receipt == null && closing) {
                    return false;
                }
            }
            if (receipt != null) {
                acknowledge(client, receipt, current);
            } else if (buffer.isDrained()) {
                LOG.info(
                        "Session '{}' has caught up and connects anew to get what it let go",
                        split.clientId());
                return true;
            }
            if (!toldShedding && buffer.isShedding()) {
                toldShedding = true;
                tellShedding();
            }
        }
    }

    private void acknowledge(MqttClient client, Receipt receipt, int current) throws MqttFailure {
        try {
            for (int i = 0; i < receipt.count(); i++) {
                if (receipt.epochs()[i] == current && receipt.packetIds()[i] != 0) {
                    client.acknowledge(receipt.packetIds()[i]);
                }
            }
        } finally {
            buffer.release(receipt.count(), receipt.bytes());
        }
    }

    /** Without a connection there is nobody to send them to; the broker repeats the messages. */
    private void discardReceipts() {
        while (true) {
            Receipt receipt;
            synchronized (this) {
                receipt = receipts.pollFirst();
            }
            if (receipt == null) {
                return;
            }
            buffer.release(receipt.count(), receipt.bytes());
        }
    }

    private void pause(long millis) {
        LOG.debug("Session '{}' connects again in {} ms", split.clientId(), millis);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            discardReceipts();
            synchronized (this) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (closing || left <= 0) {
                    return;
                }
                await(left);
            }
        }
    }

    /** Caller holds the lock. */
    private void await(long millis) {
        try {
            wait(Math.max(1, millis));
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private long patienceMillis(int keepAliveSeconds) {
        // Two thirds of the keep-alive are left for a ping to come back.
        long third = Duration.ofSeconds(Math.max(1, keepAliveSeconds)).toMillis() / 3;
        return patience == null ? third : Math.min(third, patience.toMillis());
    }

    private void tellConnected(MqttClient.Connected answer) {
        LOG.info(
                "Session '{}' is connected to {} for '{}' (connection {}, session {})",
                split.clientId(),
                answer.address(),
                split.topic(),
                epoch,
                answer.sessionPresent() ? "present" : "new");
        if (everConnected && !answer.sessionPresent()) {
            LOG.warn(
                    "The broker at {} no longer knows session '{}'. What it kept for the session is lost; was it restarted without persistence, or did the session expire ('session.expiry')?",
                    answer.address(),
                    split.clientId());
        }
    }

    private void tellLost(MqttFailure cause) {
        if (isClosing()) {
            return;
        }
        LOG.warn("Session '{}': {} Trying again.", split.clientId(), cause.getMessage());
        LOG.debug("Session '{}'", split.clientId(), cause);
        if (!connected) {
            return;
        }
        if (System.nanoTime() - connectedAt > GOOD.toNanos()) {
            shortLived = 0;
            backoff.reset();
        } else if (++shortLived == SHORT_LIVED) {
            LOG.warn(
                    "Session '{}' was cut soon after it connected, {} times in a row. Does another client use the same id (two jobs with the same 'client-id.prefix')?",
                    split.clientId(),
                    SHORT_LIVED);
        }
    }

    private void tellShedding() {
        LOG.warn(
                "Session '{}' holds {} messages ({} bytes) that no checkpoint covers yet, the most it may ('scan.max-unacked-messages', 'scan.max-unacked-bytes'), and the broker sends more than it was asked to. What comes now is left at the broker until the job has caught up. Is the sink slow, the checkpoint interval long, or checkpointing off?",
                split.clientId(),
                buffer.messages(),
                buffer.bytes());
    }

    /** Called by the client's threads. */
    private final class Listener implements MqttClientListener {
        private final int listenerEpoch;

        Listener(int listenerEpoch) {
            this.listenerEpoch = listenerEpoch;
        }

        @Override
        public void received(ReceivedMessage message) {
            if (buffer.put(message) == SessionBuffer.Outcome.DROPPED) {
                events.droppedQos0();
            }
        }

        @Override
        public void lost(MqttFailure cause) {
            synchronized (MqttSession.this) {
                lost = cause;
                lostEpoch = listenerEpoch;
                MqttSession.this.notifyAll();
            }
            // A client's thread that is held back in there could not end.
            buffer.close(listenerEpoch);
        }
    }
}
