package io.millrace.benchmark.source;

import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TlsSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Receiving and counting, and nothing else. */
final class BareLoops {
    private BareLoops() {}

    /** Paho as its users write it: it acknowledges when the callback returns. */
    static void paho(int port, int qos, Meter meter) throws MqttException, InterruptedException {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + port, "bare", new MemoryPersistence());
        client.setCallback(
                new MqttCallback() {
                    @Override
                    public void messageArrived(String topic, MqttMessage message) {
                        meter.count(1);
                    }

                    @Override
                    public void disconnected(MqttDisconnectResponse response) {}

                    @Override
                    public void mqttErrorOccurred(MqttException exception) {}

                    @Override
                    public void deliveryComplete(IMqttToken token) {}

                    @Override
                    public void connectComplete(boolean reconnect, String serverUri) {}

                    @Override
                    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
                });
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
        client.connect(options).waitForCompletion();
        client.subscribe(Subject.FILTER, qos);
        meter.await();
    }

    /** Our client with the cap and the interval of acknowledgements that the Flink source has. */
    static void own(int port, int qos, Meter meter) throws MqttFailure, InterruptedException {
        Counting counting = new Counting(meter);
        MqttClient client =
                MqttClientFactory.of(ClientLibrary.NETTY)
                        .create(settings(port), "bare", 1, counting);
        counting.client = client;
        client.connect();
        client.subscribe(new Subscription(Subject.FILTER, qos, RetainedHandling.NEVER));
        Thread acknowledging =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    Thread.sleep(Subject.ACK_MILLIS);
                                    counting.acknowledge();
                                }
                            } catch (InterruptedException | MqttFailure e) {
                                // The end.
                            }
                        });
        acknowledging.setDaemon(true);
        acknowledging.start();
        meter.await();
    }

    static ConnectionSettings settings(int port) {
        return new ConnectionSettings(
                "tcp://127.0.0.1:" + port,
                ClientLibrary.NETTY,
                ProtocolVersion.V5,
                null,
                null,
                TlsSettings.DEFAULT,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Subject.CAP,
                256 << 20);
    }

    private static final class Counting implements MqttClientListener {
        private final Meter meter;

        // Set before it connects.
        private MqttClient client;

        // Guarded by this.
        private int[] packetIds = new int[Subject.CAP * 2];
        private int count;

        Counting(Meter meter) {
            this.meter = meter;
        }

        @Override
        public void received(List<ReceivedMessage> messages) {
            meter.count(messages.size());
            synchronized (this) {
                for (ReceivedMessage message : messages) {
                    if (message.qos() > 0) {
                        packetIds[count++] = message.packetId();
                    }
                }
                if (count >= Subject.CAP) {
                    client.pause();
                }
            }
        }

        void acknowledge() throws MqttFailure {
            int[] ids;
            synchronized (this) {
                if (count == 0) {
                    return;
                }
                ids = Arrays.copyOf(packetIds, count);
                count = 0;
            }
            client.acknowledge(ids, ids.length);
            client.resume();
        }

        @Override
        public void subscribed(MqttFailure refusal) {}

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {
            throw new IllegalStateException(cause);
        }
    }
}
