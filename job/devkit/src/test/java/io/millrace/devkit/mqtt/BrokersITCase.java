package io.millrace.devkit.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class BrokersITCase {
    @TempDir Path folder;

    @Test
    void embeddedBrokerPassesAMessageOfAMegabyteOn() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().start();
                Client client = new Client(broker.url(), "one", null, null)) {
            client.subscribe("a/+");
            client.publish("a/b", new byte[1 << 20]);

            await().until(() -> client.received.size() == 1);
            assertThat(client.received.get(0)).hasSize(1 << 20);
            assertThat(broker.connectedClients()).containsExactly("one");
        }
    }

    @Test
    void embeddedBrokerLetsOnlyItsUserIn() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().withUser("plant", "s3cret").start()) {
            new Client(broker.url(), "good", "plant", "s3cret").close();

            assertThatThrownBy(() -> new Client(broker.url(), "bad", "plant", "wrong"))
                    .isInstanceOf(MqttException.class);
        }
    }

    @Test
    @EnabledIf(
            value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
            disabledReason = "Mosquitto is not installed")
    void mosquittoKeepsASessionsMessagesThroughStopAndKill() throws Exception {
        try (Mosquitto mosquitto = Mosquitto.in(folder, "autosave_interval 1").start()) {
            try (Client client = new Client(mosquitto.url(), "keeper", null, null)) {
                client.subscribe("a/+");
            }
            try (Client other = new Client(mosquitto.url(), "other", null, null)) {
                other.publish("a/b", "first".getBytes(UTF_8));
                mosquitto.restart();
            }
            try (Client other = new Client(mosquitto.url(), "another", null, null)) {
                other.publish("a/b", "second".getBytes(UTF_8));
            }
            mosquitto.kill();
            mosquitto.start();
            try (Client client = new Client(mosquitto.url(), "keeper", null, null)) {
                await().atMost(Duration.ofSeconds(5)).until(() -> client.received.size() == 2);
                assertThat(client.received)
                        .extracting(payload -> new String(payload, UTF_8))
                        .containsExactly("first", "second");
            }
        }
    }

    /** A client with a lasting session that keeps what it receives. */
    private static final class Client implements AutoCloseable, MqttCallback {
        private final List<byte[]> received = new CopyOnWriteArrayList<>();
        private final MqttAsyncClient paho;

        Client(String url, String id, String user, String password) throws MqttException {
            paho = new MqttAsyncClient(url, id, new MemoryPersistence());
            paho.setCallback(this);
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setCleanStart(false);
            options.setSessionExpiryInterval(600L);
            options.setUserName(user);
            options.setPassword(password == null ? null : password.getBytes(UTF_8));
            try {
                paho.connect(options).waitForCompletion(10_000);
            } catch (MqttException e) {
                paho.close();
                throw e;
            }
        }

        void subscribe(String filter) throws MqttException {
            paho.subscribe(filter, 1).waitForCompletion(10_000);
        }

        void publish(String topic, byte[] payload) throws MqttException {
            paho.publish(topic, payload, 1, false).waitForCompletion(10_000);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(message.getPayload());
        }

        @Override
        public void close() throws MqttException {
            if (paho.isConnected()) {
                paho.disconnect().waitForCompletion(5_000);
            }
            paho.close();
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverURI) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
