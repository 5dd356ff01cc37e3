package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.Subscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker's side as a test wants it. */
final class FakeClients implements MqttClientFactory {
    private static final long serialVersionUID = 1L;

    private final transient BlockingQueue<Client> made = new LinkedBlockingQueue<>();
    private final transient BlockingQueue<MqttFailure> refusals = new LinkedBlockingQueue<>();
    private volatile boolean sessionPresent;
    private volatile boolean confirming;
    private final transient BlockingQueue<List<ReceivedMessage>> deliveries =
            new LinkedBlockingQueue<>();

    /** The next attempt to connect fails. */
    void refuse(MqttFailure failure) {
        refusals.add(failure);
    }

    /** What the next connections are told. */
    void setSessionPresent(boolean sessionPresent) {
        this.sessionPresent = sessionPresent;
    }

    /** The next clients can confirm and answer each question at once. */
    void setConfirming(boolean confirming) {
        this.confirming = confirming;
    }

    /** The next connection brings these messages at once. */
    void deliver(ReceivedMessage... messages) {
        deliveries.add(List.of(messages));
    }

    /** The next client that was made; waits for it. */
    Client next() throws InterruptedException {
        Client client = made.poll(5, TimeUnit.SECONDS);
        if (client == null) {
            throw new AssertionError("no client was made");
        }
        return client;
    }

    @Override
    public MqttClient create(
            ConnectionSettings settings, String clientId, int epoch, MqttClientListener listener) {
        return new Client(epoch, listener);
    }

    final class Client implements MqttClient {
        final int epoch;
        final MqttClientListener listener;
        final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
        final List<String> subscribed = new CopyOnWriteArrayList<>();
        final List<Subscription> asked = new CopyOnWriteArrayList<>();
        final List<String> unsubscribed = new CopyOnWriteArrayList<>();
        private final boolean confirms = confirming;
        volatile int questions;
        volatile boolean ended;
        volatile boolean closed;

        Client(int epoch, MqttClientListener listener) {
            this.epoch = epoch;
            this.listener = listener;
        }

        @Override
        public Connected connect() throws MqttFailure {
            made.add(this);
            MqttFailure refusal = refusals.poll();
            if (refusal != null) {
                throw refusal;
            }
            List<ReceivedMessage> delivery = deliveries.poll();
            if (delivery != null) {
                listener.received(delivery);
            }
            return new Connected(sessionPresent, 60, 604_800, "tcp://fake:1883");
        }

        @Override
        public void subscribe(Subscription subscription) {
            asked.add(subscription);
            subscribed.add(subscription.filter() + " " + subscription.qos());
            listener.subscribed(null);
        }

        @Override
        public void unsubscribe(String filter) {
            unsubscribed.add(filter);
            listener.unsubscribed();
        }

        @Override
        public void acknowledge(int[] packetIds, int count) {
            for (int i = 0; i < count; i++) {
                acknowledged.add(packetIds[i]);
            }
        }

        @Override
        public long confirm() {
            questions++;
            listener.confirmed(questions);
            return questions;
        }

        @Override
        public boolean canConfirm() {
            return confirms;
        }

        @Override
        public boolean canPause() {
            return false;
        }

        @Override
        public void endSession() {
            ended = true;
            closed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
