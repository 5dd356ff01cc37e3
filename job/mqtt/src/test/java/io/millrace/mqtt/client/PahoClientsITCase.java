package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Secret;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.mqtt.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both clients against real sockets. */
class PahoClientsITCase {
    private static final Subscription ALL =
            new Subscription("a/+", 1, RetainedHandling.ON_NEW_SESSION);

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void aWrongPasswordIsARefusalThatStays(ProtocolVersion version) {
        try (EmbeddedBroker broker = new EmbeddedBroker().withUser("me", "s3cret").start()) {
            assertThatThrownBy(
                            () -> connect(settings(version, broker.url(), "me", "wrong"), "c", 1))
                    .isInstanceOfSatisfying(
                            MqttFailure.class,
                            failure -> assertThat(failure.isPermanent()).isTrue())
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("wrong");
            try (Connection connection =
                    connectUnchecked(settings(version, broker.url(), "me", "s3cret"), "c", 1)) {
                assertThat(connection.answer.sessionPresent()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void aBrokerThatIsNotThereOrHangsUpIsAFailureThatPasses(ProtocolVersion version)
            throws Exception {
        int deadPort;
        try (EmbeddedBroker broker = new EmbeddedBroker().start()) {
            deadPort = broker.port();
        }
        assertPasses(version, "tcp://127.0.0.1:" + deadPort);
        try (FaultProxy proxy = FaultProxy.to(deadPort)) {
            proxy.refuse();
            assertPasses(version, "tcp://127.0.0.1:" + proxy.port());
        }
        await().untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .extracting(Thread::getName)
                                        .noneMatch(name -> name.endsWith(": leaky")));
    }

    private static void assertPasses(ProtocolVersion version, String url) {
        assertThatThrownBy(() -> connect(settings(version, url, null, null), "leaky", 1))
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isFalse())
                .hasMessageContaining(url);
    }

    @Test
    void aTakenOverSessionNamesTheOption() {
        try (EmbeddedBroker broker = new EmbeddedBroker().start();
                Connection first =
                        connectUnchecked(
                                settings(ProtocolVersion.V5, broker.url(), null, null), "same", 1);
                Connection second =
                        connectUnchecked(
                                settings(ProtocolVersion.V5, broker.url(), null, null),
                                "same",
                                1)) {
            await().until(() -> first.lost != null);

            assertThat(first.lost.isPermanent()).isTrue();
            assertThat(first.lost).hasMessageContaining("'client-id.prefix'");
            assertThat(second.lost).isNull();
        }
    }

    @Test
    void retainedMessagesAreNotRepeatedToASubscriptionThatExists() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().start();
                Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("a/x", new MqttMessage("on".getBytes(UTF_8), 1, true, null));
            publisher.flush();
            ConnectionSettings settings = settings(ProtocolVersion.V5, broker.url(), null, null);
            try (Connection first = connectUnchecked(settings, "r", 1)) {
                first.client.subscribe(ALL);
                await().until(() -> first.messages.size() == 1);
                assertThat(first.messages.get(0).retained()).isTrue();
                first.client.acknowledge(new int[] {first.messages.get(0).packetId()}, 1);
            }
            try (Connection second = connectUnchecked(settings, "r", 2)) {
                second.client.subscribe(ALL);
                publisher.publish("a/x", "live");
                await().until(() -> !second.messages.isEmpty());

                assertThat(second.answer.sessionPresent()).isTrue();
                assertThat(second.messages)
                        .singleElement()
                        .extracting(message -> new String(message.payload(), UTF_8))
                        .isEqualTo("live");
            }
        }
    }

    /**
     * What the buffer's way to hold a client back relies on: it goes on after several keep-alives
     * if it gets on by a message within each third of one.
     */
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void aClientThatIsHeldBackStaysAliveIfItGetsOnNowAndThen(ProtocolVersion version)
            throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        int count = 5_000;
        Duration keepAlive = Duration.ofSeconds(2);
        try (Mosquitto mosquitto = Mosquitto.in(folder).start();
                Publisher publisher = new Publisher(mosquitto.url())) {
            ConnectionSettings settings =
                    new ConnectionSettings(
                            mosquitto.url(),
                            ClientLibrary.PAHO,
                            version,
                            null,
                            null,
                            TlsSettings.DEFAULT,
                            keepAlive,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            65_535,
                            1 << 20);
            try (Connection connection = connectUnchecked(settings, "held", 1)) {
                connection.client.subscribe(ALL);
                await().until(() -> connection.subscribed);
                long end = System.nanoTime() + keepAlive.multipliedBy(4).toNanos();
                connection.holdUntil(end, keepAlive.toMillis() / 3);
                for (int i = 0; i < count; i++) {
                    publisher.publish("a/x", "0123456789".repeat(10));
                }
                publisher.flush();
                await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > end);
                assertThat(connection.messages).hasSizeLessThan(count);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> connection.messages.size() == count);

                assertThat(connection.lost).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tlsChecksTheBrokerAndItsName(ProtocolVersion version) throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        TestCertificates broker = TestCertificates.forHost(folder, "broker", "localhost");
        TestCertificates other = TestCertificates.forHost(folder, "other", "elsewhere.example");
        TestCertificates client = TestCertificates.forHost(folder, "client", "me");
        try (Mosquitto mosquitto =
                Mosquitto.in(
                                folder,
                                "cafile " + client.certificate(),
                                "certfile " + broker.certificate(),
                                "keyfile " + broker.key(),
                                "require_certificate true",
                                "use_identity_as_username true")
                        .start()) {
            String url = "ssl://localhost:" + mosquitto.port();
            TlsSettings good =
                    TlsSettings.pem(
                            broker.certificate().toString(),
                            client.certificate().toString(),
                            client.key().toString());
            try (Connection connection = connectUnchecked(tls(version, url, good), "tls", 1)) {
                assertThat(connection.answer.address()).isEqualTo(url);
            }
            assertThatThrownBy(
                            () ->
                                    connect(
                                            tls(
                                                    version,
                                                    url.replace("localhost", "127.0.0.1"),
                                                    good),
                                            "tls",
                                            1))
                    .hasMessageContaining("127.0.0.1");
            TlsSettings wrongAuthority =
                    TlsSettings.pem(other.certificate().toString(), good.certificate(), good.key());
            assertThatThrownBy(() -> connect(tls(version, url, wrongAuthority), "tls", 1))
                    .isInstanceOf(MqttFailure.class);
        }
    }

    @Test
    void aKeyFileThatIsNoneSaysHowToConvertIt() {
        TlsSettings tls =
                TlsSettings.pem(
                        null,
                        folder.resolve("missing.pem").toString(),
                        folder.resolve("missing.key").toString());

        assertThatThrownBy(() -> connect(tls(ProtocolVersion.V5, "ssl://localhost:1", tls), "c", 1))
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isTrue())
                .hasMessageContaining("'tls.certificate'")
                .hasMessageContaining("missing.pem");
    }

    private static ConnectionSettings tls(ProtocolVersion version, String url, TlsSettings tls) {
        return new ConnectionSettings(
                url,
                ClientLibrary.PAHO,
                version,
                null,
                null,
                tls,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                100,
                1 << 20);
    }

    private static ConnectionSettings settings(
            ProtocolVersion version, String url, String username, String password) {
        return new ConnectionSettings(
                url,
                ClientLibrary.PAHO,
                version,
                username,
                password == null ? null : Secret.of(password),
                TlsSettings.DEFAULT,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                100,
                1 << 20);
    }

    private static Connection connectUnchecked(
            ConnectionSettings settings, String clientId, int epoch) {
        try {
            return connect(settings, clientId, epoch);
        } catch (MqttFailure e) {
            throw new AssertionError(e);
        }
    }

    private static Connection connect(ConnectionSettings settings, String clientId, int epoch)
            throws MqttFailure {
        return new Connection(settings, clientId, epoch);
    }

    /** A connection that keeps what it is told. */
    private static final class Connection implements MqttClientListener, AutoCloseable {
        private final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
        private final MqttClient client;
        private final MqttClient.Connected answer;
        private volatile boolean subscribed;
        private volatile MqttFailure lost;
        private volatile long holdEnd = System.nanoTime();
        private volatile long holdMillis;

        Connection(ConnectionSettings settings, String clientId, int epoch) throws MqttFailure {
            client =
                    MqttClientFactory.of(settings.library())
                            .create(settings, clientId, epoch, this);
            try {
                answer = client.connect();
            } catch (MqttFailure e) {
                client.close();
                throw e;
            }
        }

        void holdUntil(long end, long millis) {
            holdMillis = millis;
            holdEnd = end;
        }

        @Override
        public void received(List<ReceivedMessage> received) {
            if (System.nanoTime() < holdEnd) {
                try {
                    Thread.sleep(holdMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            messages.addAll(received);
        }

        @Override
        public void subscribed(MqttFailure refusal) {
            subscribed = refusal == null;
        }

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {
            lost = cause;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
