package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.Backoff;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisher;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.MqttPublisherListener;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in an {@link Outbox}: connects, publishes, and connects again with a new client
 * when a connection ends, for as long as it takes. All that happens in a thread of its own, so that
 * the job's thread waits for the outbox and never for the network.
 */
public final class PublishSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublishSession.class);
    private static final long POLL_MILLIS = 1_000;

    /**
     * After so many connections without an answer, the next one begins with a single message: a
     * broker may hang up on one that it dislikes, and then what is sent behind that one can make
     * the answer get lost (Mosquitto 2.0.11 ends the connection with each PUBACK that refuses).
     */
    private static final int CAREFUL = 2;

    /** After so many the operator is told which message it may be. */
    private static final int SUSPICIOUS = 6;

    /** A connection that lasted so long was a good one. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    private final PublishSettings settings;
    private final String clientId;
    private final MqttPublisherFactory publishers;
    private final Outbox outbox;
    private final Backoff backoff;
    private final Thread thread;

    // Session's thread only.
    private boolean everConnected;

    /** Connections in a row that ended before the broker answered for anything. */
    private int fruitless;

    public PublishSession(
            PublishSettings settings,
            String clientId,
            MqttPublisherFactory publishers,
            Outbox outbox) {
        this.settings = settings;
        this.clientId = clientId;
        this.publishers = publishers;
        this.outbox = outbox;
        this.backoff = settings.backoff();
        this.thread = new Thread(this::run, "mqtt-publisher-" + clientId);
        thread.setDaemon(true);
    }

    /** Begins to connect and returns at once. */
    public void start() {
        thread.start();
    }

    /** Ends the connection; what is still in the outbox is not sent. */
    @Override
    public void close() {
        outbox.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("Publisher '{}' did not end in time and is left alone", clientId);
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (!outbox.isClosed()) {
                connectOnce();
                outbox.pause(backoff.nextMillis());
            }
        } catch (MqttFailure e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(MqttFailure.permanent("Publisher '" + clientId + "': " + e.getMessage(), e));
        }
    }

    private void fail(MqttFailure cause) {
        if (!outbox.isClosed()) {
            outbox.fail(cause);
        }
    }

    /**
     * One connection from CONNECT to its end.
     *
     * @throws MqttFailure one that is permanent
     */
    private void connectOnce() throws MqttFailure {
        long connectedAt = 0;
        MqttPublisher publisher =
                publishers.create(settings.connection(), clientId, new Listener(outbox.begin()));
        try {
            MqttPublisher.Connected answer = publisher.connect();
            connectedAt = System.nanoTime();
            noteConnected(answer);
            outbox.open(
                    Math.min(settings.maxInFlight(), answer.receiveMaximum()),
                    fruitless >= CAREFUL);
            serve(publisher);
        } catch (MqttFailure e) {
            if (e.isPermanent()) {
                throw e;
            }
            noteLost(e, connectedAt);
        } finally {
            publisher.close();
        }
    }

    private void serve(MqttPublisher publisher) throws MqttFailure {
        long answerMillis = settings.connection().operationTimeout().toMillis();
        while (!outbox.isClosed()) {
            List<Publication> messages = outbox.take(POLL_MILLIS, answerMillis);
            if (!messages.isEmpty()) {
                publisher.publish(messages);
            }
        }
    }

    private void noteConnected(MqttPublisher.Connected answer) {
        LOG.info(
                "Publisher '{}' is connected to {}{}; {} messages may be in flight",
                clientId,
                answer.address(),
                everConnected ? " again" : "",
                Math.min(settings.maxInFlight(), answer.receiveMaximum()));
        everConnected = true;
    }

    private void noteLost(MqttFailure cause, long connectedAt) {
        if (outbox.isClosed()) {
            return;
        }
        LOG.warn(
                "Publisher '{}': {}; {} messages wait; trying again.",
                clientId,
                cause.getMessage().replaceFirst("\\.$", ""),
                outbox.messages());
        LOG.debug("Publisher '{}'", clientId, cause);
        boolean lasted = connectedAt != 0 && System.nanoTime() - connectedAt > GOOD.toNanos();
        if (lasted || outbox.hasAnswer()) {
            backoff.reset();
            fruitless = 0;
        } else if (connectedAt != 0 && outbox.inFlight() > 0) {
            fruitless++;
            OutgoingMessage first = outbox.first();
            if (fruitless == SUSPICIOUS && first != null) {
                LOG.warn(
                        "Publisher '{}': {} connections in a row ended without an answer. Does the broker dislike the message for '{}' ({} bytes) that is sent first? Its log may tell.",
                        clientId,
                        fruitless,
                        first.topic(),
                        first.payload().length);
            }
        }
    }

    /** Called by the client's threads. */
    private final class Listener implements MqttPublisherListener {
        private final int epoch;

        Listener(int epoch) {
            this.epoch = epoch;
        }

        @Override
        public void written(List<Publication> messages) {
            outbox.written(epoch, messages);
        }

        @Override
        public void acknowledged(Publication message) {
            outbox.acknowledged(epoch, message);
        }

        @Override
        public void refused(Publication message, MqttFailure why) {
            if (why.isPermanent()) {
                outbox.refusedForGood(epoch, message, why.getMessage());
                return;
            }
            long pause = outbox.refusedForNow(epoch, message);
            if (pause > 0) {
                LOG.warn(
                        "Publisher '{}': {} Trying again in {} ms.",
                        clientId,
                        why.getMessage(),
                        pause);
            }
        }

        @Override
        public void lost(MqttFailure cause) {
            outbox.lost(epoch, cause);
        }
    }
}
