package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A connection that keeps what it is told. */
final class TestConnection implements MqttClientListener, AutoCloseable {
    final List<List<ReceivedMessage>> reads = new CopyOnWriteArrayList<>();
    final AtomicInteger count = new AtomicInteger();
    final List<MqttFailure> lost = new CopyOnWriteArrayList<>();

    /** Everything in its order: numbers of messages, "subscribed", "confirmed 1" and so on. */
    final List<String> events = new CopyOnWriteArrayList<>();

    final MqttClient client;
    final MqttClient.Connected answer;

    /** What to do with messages before they are kept. */
    volatile Consumer<List<ReceivedMessage>> onReceived = messages -> {};

    TestConnection(ConnectionSettings settings, String clientId, int epoch) throws MqttFailure {
        client = MqttClientFactory.of(settings.library()).create(settings, clientId, epoch, this);
        try {
            answer = client.connect();
        } catch (MqttFailure e) {
            client.close();
            throw e;
        }
    }

    /** Subscribes and waits for the answer. */
    TestConnection subscribed(String filter) throws MqttFailure {
        return subscribed(filter, 1);
    }

    TestConnection subscribed(String filter, int qos) throws MqttFailure {
        client.subscribe(new Subscription(filter, qos, RetainedHandling.ON_NEW_SESSION));
        await().until(() -> events.contains("subscribed"));
        return this;
    }

    /** All messages so far. */
    List<ReceivedMessage> messages() {
        return reads.stream().flatMap(List::stream).toList();
    }

    List<String> payloads() {
        return messages().stream().map(message -> new String(message.payload(), UTF_8)).toList();
    }

    void awaitMessages(int wanted) {
        await().atMost(Duration.ofSeconds(20)).until(() -> count.get() >= wanted);
    }

    void awaitLost() {
        await().atMost(Duration.ofSeconds(10)).until(() -> !lost.isEmpty());
    }

    /** Acknowledges messages from one place among those received to another. */
    void acknowledge(int from, int to) throws MqttFailure {
        int[] ids =
                messages().subList(from, to).stream().mapToInt(ReceivedMessage::packetId).toArray();
        client.acknowledge(ids, ids.length);
    }

    @Override
    public void received(List<ReceivedMessage> messages) {
        onReceived.accept(messages);
        reads.add(messages);
        events.add("received " + messages.size());
        count.addAndGet(messages.size());
    }

    @Override
    public void subscribed(MqttFailure refusal) {
        events.add(refusal == null ? "subscribed" : "refused: " + refusal.getMessage());
    }

    @Override
    public void unsubscribed() {
        events.add("unsubscribed");
    }

    @Override
    public void confirmed(long question) {
        events.add("confirmed " + question);
    }

    @Override
    public void lost(MqttFailure cause) {
        lost.add(cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
