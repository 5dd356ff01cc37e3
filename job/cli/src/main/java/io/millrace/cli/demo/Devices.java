package io.millrace.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated devices, each with a connection of its own, that publish in turn from one thread.
 * {@link #start} and {@link #close} are called by one thread.
 */
final class Devices implements AutoCloseable {
    /** One message of so many is not JSON. */
    static final int BROKEN_EVERY = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
    private static final String TOPIC = "devices/temp_hum";
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<MqttAsyncClient> clients = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final int perSecond;
    private final AtomicLong sent = new AtomicLong();
    private final Thread publisher = new Thread(this::publish, "devices");
    // Set by close(), read by the publisher.
    private volatile boolean stopped;

    /**
     * Connects the devices.
     *
     * @param perSecond messages of all devices together
     */
    Devices(String broker, int devices, int perSecond) throws MqttException {
        this.perSecond = perSecond;
        publisher.setDaemon(true);
        for (int i = 1; i <= devices; i++) {
            MqttAsyncClient client = new MqttAsyncClient(broker, name(i), new MemoryPersistence());
            client.connect(new MqttConnectionOptions()).waitForCompletion(TIMEOUT_MILLIS);
            clients.add(client);
            readings.add(new Reading(i));
        }
    }

    private static String name(int device) {
        return String.format("device-%02d", device);
    }

    /** Begins to publish. */
    void start() {
        publisher.start();
    }

    /** How many messages the devices have sent. */
    long sent() {
        return sent.get();
    }

    private void publish() {
        long begun = System.nanoTime();
        try {
            for (long number = 0; !stopped; number++) {
                double due = (double) number / perSecond;
                while (!stopped && seconds(begun) < due) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                if (!stopped) {
                    publish(number, due);
                }
            }
        } catch (MqttException e) {
            LOG.warn("The devices stopped: {}", e.getMessage(), e);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void publish(long number, double second) throws MqttException {
        int device = (int) (number % clients.size());
        boolean broken = number % BROKEN_EVERY == BROKEN_EVERY - 1;
        Reading reading = readings.get(device);
        String payload = broken ? reading.broken(second) : reading.json(second);
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        // A delivery does not say who published it; the rule's column clientid is read from here.
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty("clientid", name(device + 1))));
        message.setProperties(properties);
        clients.get(device).publish(TOPIC, message);
        sent.incrementAndGet();
    }

    /** Ends publishing, waits for what is on its way and disconnects. */
    @Override
    public void close() {
        stopped = true;
        try {
            publisher.join(TIMEOUT_MILLIS);
            for (MqttAsyncClient client : clients) {
                client.disconnect(TIMEOUT_MILLIS).waitForCompletion(TIMEOUT_MILLIS);
                client.close();
            }
            clients.clear();
        } catch (MqttException e) {
            LOG.info("A device did not disconnect in an orderly way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
