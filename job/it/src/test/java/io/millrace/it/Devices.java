package io.millrace.it;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Publishes messages and returns when the broker has acknowledged each of them. */
final class Devices implements AutoCloseable {
    /** Below Mosquitto's receive maximum of 20 towards publishers. */
    private static final int IN_FLIGHT = 15;

    private final MqttAsyncClient client;

    Devices(String url) throws MqttException {
        client = new MqttAsyncClient(url, "devices-" + System.nanoTime(), new MemoryPersistence());
        client.connect().waitForCompletion(10_000);
    }

    /** Publishes one message with QoS 1. */
    void publish(String topic, String payload) throws Exception {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes one message with QoS 1. */
    void publish(String topic, byte[] payload) throws Exception {
        client.publish(topic, payload, 1, false).waitForCompletion(30_000);
    }

    /** Publishes many messages with QoS 1, several at a time. */
    void publish(int count, IntFunction<String> topic, IntFunction<String> payload)
            throws Exception {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        MqttActionListener release =
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        inFlight.release();
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable failure) {
                        // The permit stays taken, so that the publisher fails at its end.
                    }
                };
        for (int i = 0; i < count; i++) {
            if (!inFlight.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The broker did not acknowledge message " + i);
            }
            MqttMessage message =
                    new MqttMessage(payload.apply(i).getBytes(StandardCharsets.UTF_8));
            message.setQos(1);
            client.publish(topic.apply(i), message, null, release);
        }
        if (!inFlight.tryAcquire(IN_FLIGHT, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("The broker did not acknowledge the last messages");
        }
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion(10_000);
        client.close();
    }
}
