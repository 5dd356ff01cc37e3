package io.millrace.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Publishes for tests; a QoS 1 message is at the broker when {@link #flush} has returned. */
public final class Publisher implements AutoCloseable {
    private static final int WINDOW = 10;

    private final MqttAsyncClient paho;
    private final Semaphore window = new Semaphore(WINDOW);

    public Publisher(String url) throws MqttException {
        paho = new MqttAsyncClient(url, "publisher-" + System.nanoTime(), new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        paho.connect(options).waitForCompletion(10_000);
    }

    public void publish(String topic, String payload) {
        publish(topic, new MqttMessage(payload.getBytes(UTF_8), 1, false, null));
    }

    public void publish(String topic, byte[] payload, int qos) {
        publish(topic, new MqttMessage(payload, qos, false, null));
    }

    public void publish(String topic, MqttMessage message) {
        try {
            window.acquire();
            paho.publish(topic, message, null, new Done());
        } catch (MqttException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the broker has answered for all. */
    public void flush() {
        window.acquireUninterruptibly(WINDOW);
        window.release(WINDOW);
    }

    @Override
    public void close() throws MqttException {
        flush();
        paho.disconnect().waitForCompletion(5_000);
        paho.close();
    }

    private final class Done implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            window.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            window.release();
        }
    }
}
