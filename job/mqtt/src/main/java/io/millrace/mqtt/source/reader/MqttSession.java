package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.Backoff;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

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

        void droppedQos0(int count);

        /** {@link MqttSession#failure()} is set. */
        void failed();

        /** There are messages to take. */
        void ready();
    }

    private static final long POLL_MILLIS = 1_000;

    /** A connection that lasted so long was a good one. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    private final MqttSplit split;
    private final MqttSourceSettings settings;
    private final MqttClientFactory clients;
    private final Events events;
    private final SessionBuffer buffer;
    private final SessionSignals signals = new SessionSignals();
    private final SessionLog log;
    private final Backoff backoff;
    private final Duration patience;
    private final Thread thread;

    // Written by the session's thread, read by any.
    private volatile boolean connected;
    private volatile MqttFailure failure;

    // Written by the client's and the session's thread: when something last came.
    private volatile long lastSign;

    // Session's thread only.
    private int epoch;
    private boolean everConnected;
    private long connectedAt;
    private int shortLived;

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
        this.log = new SessionLog(split);
        this.buffer =
                new SessionBuffer(
                        settings.maxUnackedMessages(),
                        settings.maxUnackedBytes(),
                        settings.qos0Overflow(),
                        events::ready,
                        events::droppedQos0);
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
        signals.close();
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
            log.leftAlone();
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (!signals.isClosing()) {
                boolean again = connectOnce();
                if (!again) {
                    pause(backoff.nextMillis());
                }
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
            events.failed();
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
        MqttClient client =
                clients.create(settings.connection(), split.clientId(), epoch, new Listener(epoch));
        buffer.open(
                epoch,
                patienceMillis(settings.connection().keepAliveSeconds()),
                client.canPause() ? new Valve(client) : null);
        try {
            MqttClient.Connected answer = client.connect();
            log.connected(answer, epoch, everConnected);
            buffer.connected(answer.sessionPresent(), patienceMillis(answer.keepAliveSeconds()));
            lastSign = System.nanoTime();
            client.subscribe(new Subscription(split.topic(), settings.qos(), settings.retained()));
            serve(client);
            return !signals.isClosing();
        } catch (MqttFailure e) {
            if (e.isPermanent()) {
                throw e;
            }
            noteLost(e);
            return false;
        } finally {
            connected = false;
            buffer.close();
            client.close();
        }
    }

    /**
     * Acknowledges until the session shall end or has to connect anew. The answer to SUBSCRIBE is
     * awaited on the way: it can come behind more messages than may be held, so these have to be
     * acknowledged first.
     */
    private void serve(MqttClient client) throws MqttFailure {
        while (true) {
            Receipt receipt = signals.await(epoch, connected, POLL_MILLIS, buffer::isDrained);
            if (!connected && signals.isSubscribed(epoch)) {
                noteSubscribed();
            }
            if (receipt != null) {
                acknowledge(client, receipt);
            } else if (signals.isClosing()) {
                return;
            } else if (buffer.isDrained()) {
                log.caughtUp();
                return;
            } else if (!connected) {
                requireSign();
            }
        }
    }

    private void acknowledge(MqttClient client, Receipt receipt) throws MqttFailure {
        try {
            int[] packetIds = new int[receipt.count()];
            int count = 0;
            for (int i = 0; i < packetIds.length; i++) {
                if (receipt.epochs()[i] == epoch && receipt.packetIds()[i] != 0) {
                    packetIds[count++] = receipt.packetIds()[i];
                }
            }
            if (count > 0) {
                client.acknowledge(packetIds, count);
            }
        } finally {
            buffer.release(receipt.count(), receipt.bytes());
        }
    }

    /** While the answer to SUBSCRIBE is out: something must come, unless we keep it from coming. */
    private void requireSign() throws MqttFailure {
        long silence = System.nanoTime() - lastSign;
        if (silence > settings.connection().operationTimeout().toNanos() && !buffer.isAtBound()) {
            throw MqttFailure.passing(
                    "The broker does not answer SUBSCRIBE to '" + split.topic() + "'.", null);
        }
    }

    /** Waits before the next attempt. What can be acknowledged meanwhile, the broker repeats. */
    private void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (left > 0 && !signals.isClosing()) {
            Receipt receipt = signals.awaitWithoutConnection(left);
            if (receipt != null) {
                buffer.release(receipt.count(), receipt.bytes());
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    private void noteSubscribed() {
        connected = true;
        connectedAt = System.nanoTime();
        log.subscribed();
        if (everConnected) {
            events.reconnected();
        }
        everConnected = true;
    }

    private void noteLost(MqttFailure cause) {
        if (signals.isClosing()) {
            return;
        }
        log.lost(cause);
        if (!connected) {
            return;
        }
        if (System.nanoTime() - connectedAt > GOOD.toNanos()) {
            shortLived = 0;
            backoff.reset();
        } else {
            log.shortLived(++shortLived);
        }
    }

    private long patienceMillis(int keepAliveSeconds) {
        // Two thirds of the keep-alive are left for a ping to come back.
        long third = Duration.ofSeconds(Math.max(1, keepAliveSeconds)).toMillis() / 3;
        return patience == null ? third : Math.min(third, patience.toMillis());
    }

    /** What the buffer turns off when it is full. */
    private record Valve(MqttClient client) implements SessionBuffer.Valve {
        @Override
        public void set(boolean open) {
            if (open) {
                client.resume();
            } else {
                client.pause();
            }
        }
    }

    /** Called by the client's threads. */
    private final class Listener implements MqttClientListener {
        private final int listenerEpoch;

        // The thread that delivers messages only.
        private boolean toldShedding;

        Listener(int listenerEpoch) {
            this.listenerEpoch = listenerEpoch;
        }

        @Override
        public void received(List<ReceivedMessage> messages) {
            lastSign = System.nanoTime();
            buffer.put(listenerEpoch, messages);
            if (!toldShedding && buffer.isShedding()) {
                toldShedding = true;
                log.shedding(buffer);
            }
        }

        @Override
        public void subscribed(MqttFailure refusal) {
            signals.subscribed(listenerEpoch, refusal);
        }

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {
            signals.lost(listenerEpoch, cause);
            // A client's thread that is held back in there could not end.
            buffer.close(listenerEpoch);
        }
    }
}
