package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.source.Deduplication;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.util.List;

/**
 * One connection of a session, from CONNECT to its end. A session that is wanted subscribes; one
 * that is given up unsubscribes, is read to its end and ended.
 *
 * <p>Acknowledgements of another epoch are never sent: on this connection the same packet id may be
 * another message.
 */
final class SessionConnection {
    /** Why a connection was ended from here. */
    enum End {
        CLOSING,
        /** What was left at the broker has to be fetched by another connection. */
        CAUGHT_UP,
        /** The session is gone from the broker. */
        DRAINED
    }

    /**
     * What the connections of a session have in common.
     *
     * @param journal null if there is none
     */
    record Session(
            MqttSplit split,
            MqttSourceSettings settings,
            SessionBuffer buffer,
            SessionJournal journal,
            SessionSignals signals,
            Confirmations confirmations,
            SessionLog log,
            SessionTiming timing) {

        /** Messages have been acknowledged, or need not be. */
        void settle(Receipt receipt) {
            confirmations.settled(receipt.count());
            if (journal == null) {
                buffer.release(receipt.count(), receipt.bytes());
            }
            // With a journal, they are held until they are emitted.
        }

        /** Whether a completed checkpoint has all that came. */
        boolean isCovered() {
            return buffer.messages() == 0 && (journal == null || journal.isCovered());
        }
    }

    private static final long POLL_MILLIS = 1_000;

    private final Session session;
    private final MqttSplit split;
    private final MqttSourceSettings settings;
    private final SessionBuffer buffer;
    private final SessionSignals signals;
    private final Confirmations confirmations;
    private final int epoch;
    private final Runnable onReady;
    private final MqttClient client;
    private final boolean confirming;

    // Written by the client's and the session's thread: when something was last sent or came.
    private volatile long lastSign;

    // Session's thread only.
    private boolean ready;
    private boolean absent;

    /**
     * @param onReady called when the broker has taken the subscription, or the end of it
     */
    SessionConnection(Session session, int epoch, MqttClientFactory clients, Runnable onReady) {
        this.session = session;
        this.split = session.split();
        this.settings = session.settings();
        this.buffer = session.buffer();
        this.signals = session.signals();
        this.confirmations = session.confirmations();
        this.epoch = epoch;
        this.onReady = onReady;
        this.client =
                clients.create(settings.connection(), split.clientId(), epoch, new Listener());
        if (settings.deduplication() != Deduplication.OFF) {
            // The more is under way, the more packet ids Mosquitto uses twice, and the less can be
            // told of them after it was started again.
            client.doNotGather();
        }
        this.confirming =
                client.canConfirm()
                        && (split.draining() || settings.deduplication() != Deduplication.OFF);
    }

    /**
     * Runs the connection to its end.
     *
     * @throws MqttFailure if it fails or breaks
     */
    End run() throws MqttFailure {
        SessionTiming timing = session.timing();
        buffer.open(
                epoch,
                timing.patienceMillis(settings.connection().keepAliveSeconds()),
                client.canPause() ? new Valve(client) : null);
        try {
            MqttClient.Connected answer = client.connect();
            session.log().connected(answer, epoch, settings.connection().sessionExpirySeconds());
            absent = !answer.sessionPresent();
            confirmations.connected(epoch, answer.sessionPresent());
            buffer.connected(
                    answer.sessionPresent(), timing.patienceMillis(answer.keepAliveSeconds()));
            lastSign = System.nanoTime();
            if (split.draining()) {
                client.unsubscribe(split.topic());
            } else {
                client.subscribe(
                        new Subscription(split.topic(), settings.qos(), settings.retained()));
            }
            End end = serve();
            if (end == End.DRAINED) {
                client.endSession();
            }
            return end;
        } finally {
            buffer.close();
            client.close();
        }
    }

    /**
     * Acknowledges until the session shall end or has to connect anew. The answer to SUBSCRIBE is
     * awaited on the way: it can come behind more messages than may be held, so these have to be
     * acknowledged first.
     */
    private End serve() throws MqttFailure {
        while (true) {
            Receipt receipt = signals.await(epoch, ready, pollMillis(), buffer::isDrained);
            if (!ready && signals.isAnswered(epoch)) {
                lastSign = System.nanoTime();
                confirmations.makeDue();
                ready = true;
                onReady.run();
            }
            if (receipt != null) {
                acknowledge(receipt);
            } else if (signals.isClosing()) {
                return End.CLOSING;
            } else if (buffer.isDrained()) {
                session.log().caughtUp();
                return End.CAUGHT_UP;
            } else if (ready && split.draining() && isEmpty()) {
                return End.DRAINED;
            } else if (!ready) {
                requireSign();
            }
            if (confirming && ready && confirmations.isDue(buffer.messages() == 0)) {
                confirmations.asked(client.confirm());
            }
        }
    }

    private long pollMillis() {
        return split.draining()
                ? Math.max(1, Math.min(POLL_MILLIS, session.timing().quiet().toMillis() / 4))
                : POLL_MILLIS;
    }

    private void acknowledge(Receipt receipt) throws MqttFailure {
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
                lastSign = System.nanoTime();
            }
        } finally {
            session.settle(receipt);
        }
    }

    /** Whether the broker has nothing left for a session that is given up. */
    private boolean isEmpty() {
        if (!session.isCovered()) {
            return false;
        }
        // Absent: the broker knew nothing of it, so nothing can come.
        return absent
                || (!confirming || confirmations.isComplete())
                        && System.nanoTime() - lastSign >= session.timing().quiet().toNanos();
    }

    /** While the first answer is out: something must come, unless we keep it from coming. */
    private void requireSign() throws MqttFailure {
        long silence = System.nanoTime() - lastSign;
        if (silence > settings.connection().operationTimeout().toNanos() && !buffer.isAtBound()) {
            throw MqttFailure.passing(
                    "The broker does not answer "
                            + (split.draining() ? "UNSUBSCRIBE from '" : "SUBSCRIBE to '")
                            + split.topic()
                            + "'.",
                    null);
        }
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
        // The thread that delivers messages only.
        private boolean toldShedding;

        @Override
        public void received(List<ReceivedMessage> messages) {
            lastSign = System.nanoTime();
            buffer.put(epoch, messages);
            if (!toldShedding && buffer.isShedding()) {
                toldShedding = true;
                session.log().shedding(buffer);
            }
        }

        @Override
        public void subscribed(MqttFailure refusal) {
            signals.answered(epoch, refusal);
        }

        @Override
        public void unsubscribed() {
            signals.answered(epoch, null);
        }

        @Override
        public void confirmed(long question) {
            confirmations.answered(epoch, question);
        }

        @Override
        public void lost(MqttFailure cause) {
            signals.lost(epoch, cause);
            // A client's thread that is held back in there could not end.
            buffer.close(epoch);
        }
    }
}
