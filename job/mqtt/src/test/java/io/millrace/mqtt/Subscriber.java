package io.millrace.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.Problems;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;

/**
 * Keeps all that comes on a filter, in its order, for tests. Its session lasts, and it comes back
 * when the broker does.
 */
public final class Subscriber implements AutoCloseable {
    private final ConnectionSettings settings;
    private final String filter;
    private final String clientId = "subscriber-" + System.nanoTime();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "test-subscriber");

    // Guarded by this.
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private boolean lost;
    private boolean closing;

    public Subscriber(String url, String filter) throws InterruptedException {
        Configuration options = new Configuration();
        options.set(MqttOptions.URL, url);
        options.set(MqttOptions.TOPIC, filter);
        options.set(MqttOptions.CLIENT_ID_PREFIX, "subscriber");
        options.set(MqttOptions.CLIENT, ClientLibrary.NETTY);
        this.settings = MqttSourceSettings.read(options, null, new Problems()).connection();
        this.filter = filter;
        thread.setDaemon(true);
        thread.start();
        if (!subscribed.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("cannot subscribe to " + filter + " at " + url);
        }
    }

    /** What has come so far. */
    public synchronized List<ReceivedMessage> messages() {
        return List.copyOf(messages);
    }

    /** The payloads of what has come so far, as text. */
    public List<String> texts() {
        return messages().stream().map(message -> new String(message.payload(), UTF_8)).toList();
    }

    private void run() {
        int epoch = 0;
        while (!isClosing()) {
            epoch++;
            connectOnce(epoch);
        }
    }

    private void connectOnce(int epoch) {
        Listener listener = new Listener();
        MqttClient client =
                MqttClientFactory.of(ClientLibrary.NETTY)
                        .create(settings, clientId, epoch, listener);
        listener.client = client;
        try {
            synchronized (this) {
                lost = false;
            }
            client.connect();
            client.subscribe(new Subscription(filter, 1, RetainedHandling.ON_NEW_SESSION));
            awaitEnd(Long.MAX_VALUE);
        } catch (MqttFailure e) {
            awaitEnd(50);
        } finally {
            if (isClosing()) {
                client.endSession();
            }
            client.close();
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized void awaitEnd(long millis) {
        try {
            if (millis == Long.MAX_VALUE) {
                while (!lost && !closing) {
                    wait();
                }
            } else if (!closing) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements MqttClientListener {
        private volatile MqttClient client;

        @Override
        public void received(List<ReceivedMessage> received) {
            synchronized (Subscriber.this) {
                messages.addAll(received);
            }
            int[] packetIds =
                    received.stream()
                            .mapToInt(ReceivedMessage::packetId)
                            .filter(id -> id > 0)
                            .toArray();
            try {
                client.acknowledge(packetIds, packetIds.length);
            } catch (MqttFailure e) {
                // They come again.
            }
        }

        @Override
        public void subscribed(MqttFailure refusal) {
            if (refusal == null) {
                subscribed.countDown();
            }
        }

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {
            synchronized (Subscriber.this) {
                lost = true;
                Subscriber.this.notifyAll();
            }
        }
    }
}
