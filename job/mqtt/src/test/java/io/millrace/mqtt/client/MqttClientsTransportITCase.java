package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.common.Secret;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tls.TestCertificates;
import io.millrace.mqtt.Publisher;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How each client gets to a broker, with each version of the protocol. */
@ParameterizedClass
@MethodSource("io.millrace.mqtt.client.ClientUnderTest#all")
class MqttClientsTransportITCase {
    private static final String PASSWORD = new String(TestCertificates.password());

    @TempDir static Path certificates;
    private static EmbeddedBroker broker;
    private static TestCertificates own;
    private static TestCertificates other;
    private static TestCertificates device;

    private final ClientUnderTest client;

    @TempDir Path folder;

    MqttClientsTransportITCase(ClientUnderTest client) {
        this.client = client;
    }

    @BeforeAll
    static void start() throws Exception {
        broker = new EmbeddedBroker().start();
        own = TestCertificates.forHost(certificates, "broker", "localhost");
        other = TestCertificates.forHost(certificates, "other", "elsewhere.example");
        device = TestCertificates.forHost(certificates, "device", "me");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aClientsCertificateIsTakenInEachForm() throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        try (Mosquitto mosquitto =
                Mosquitto.in(
                                folder,
                                "cafile " + device.certificate(),
                                "certfile " + own.certificate(),
                                "keyfile " + own.key(),
                                "require_certificate true",
                                "use_identity_as_username true")
                        .start()) {
            String url = "ssl://localhost:" + mosquitto.port();
            String ca = own.certificate().toString();
            assertWorks(
                    url,
                    TlsSettings.pem(ca, device.certificate().toString(), device.key().toString()));
            assertWorks(
                    url,
                    new TlsSettings(
                            own.store().toString(),
                            device.store().toString(),
                            null,
                            Secret.of(PASSWORD),
                            null,
                            true,
                            List.of()));
            assertThatThrownBy(
                            () ->
                                    client.settings(url)
                                            .tls(TlsSettings.pem(ca, null, null))
                                            .connect("tls"))
                    .isInstanceOf(MqttFailure.class);
        }
    }

    @Test
    void theBrokersNameAndAuthorityAreChecked() throws Exception {
        try (TlsTerminator tls = new TlsTerminator(own, broker.port())) {
            String ca = own.certificate().toString();
            String byAddress = "ssl://127.0.0.1:" + tls.port();
            assertWorks("ssl://localhost:" + tls.port(), TlsSettings.pem(ca, null, null));
            refuses(byAddress, TlsSettings.pem(ca, null, null))
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining("'tls.server-name'");
            assertWorks(byAddress, new TlsSettings(ca, null, null, null, null, false, List.of()));
            refuses(
                            "ssl://localhost:" + tls.port(),
                            TlsSettings.pem(other.certificate().toString(), null, null))
                    .hasMessageContaining("localhost:" + tls.port())
                    .hasMessageContaining("'tls.ca'");
            refuses("ssl://localhost:" + tls.port(), TlsSettings.DEFAULT)
                    .hasMessageContaining("'tls.ca'");
        }
    }

    @Test
    void theServerNameIsAskedForAndChecked() throws Exception {
        assumeThat(client.isPaho()).as("Paho cannot do that").isFalse();
        try (TlsTerminator tls = new TlsTerminator(other, broker.port())) {
            String url = "ssl://localhost:" + tls.port();
            String ca = other.certificate().toString();
            assertWorks(
                    url,
                    new TlsSettings(ca, null, null, null, "elsewhere.example", true, List.of()));
            assertThat(tls.serverNames).containsOnly("elsewhere.example");
            refuses(url, new TlsSettings(ca, null, null, null, "third.example", true, List.of()));
            refuses(url, TlsSettings.pem(ca, null, null)).hasMessageContaining("localhost");
        }
    }

    @Test
    void applicationProtocolsAreOffered() throws Exception {
        assumeThat(client.isPaho()).as("Paho cannot do that").isFalse();
        String ca = own.certificate().toString();
        try (TlsTerminator tls = new TlsTerminator(own, broker.port(), "x-amzn-mqtt-ca")) {
            String url = "ssl://localhost:" + tls.port();
            assertWorks(
                    url,
                    new TlsSettings(
                            ca, null, null, null, null, true, List.of("mqtt", "x-amzn-mqtt-ca")));
            assertThat(tls.protocols).containsOnly("x-amzn-mqtt-ca");
            refuses(url, new TlsSettings(ca, null, null, null, null, true, List.of("mqtt")));
        }
    }

    @Test
    void webSocketsWork() throws Exception {
        assertWorks("ws://localhost:" + broker.port() + "/mqtt", TlsSettings.DEFAULT);
    }

    @Test
    void webSocketsWorkWithTls() throws Exception {
        try (TlsTerminator tls = new TlsTerminator(own, broker.port())) {
            String url = "wss://localhost:" + tls.port();
            assertWorks(url, TlsSettings.pem(own.certificate().toString(), null, null));
            refuses(url, TlsSettings.pem(other.certificate().toString(), null, null));
        }
    }

    @Test
    void aServerThatKnowsNoWebSocketsIsAFailureThatPasses() throws Exception {
        try (ScriptedBroker http = new ScriptedBroker()) {
            http.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            assertThatThrownBy(
                            () ->
                                    client.settings("ws://127.0.0.1:" + http.port() + "/mqtt")
                                            .connect("web"))
                    .isInstanceOfSatisfying(
                            MqttFailure.class,
                            failure -> assertThat(failure.isPermanent()).isFalse())
                    .hasMessageContaining("ws://127.0.0.1:" + http.port() + "/mqtt");
        }
    }

    @Test
    void ofSeveralAddressesOneThatLivesIsFound() throws Exception {
        String dead = "tcp://127.0.0.1:" + deadPort();
        String live = broker.url();
        for (int epoch = 1; epoch <= 2; epoch++) {
            TestSettings settings = client.settings(dead + "," + live);
            if (client.isPaho() && epoch == 1) {
                // Paho tries one address in each attempt.
                assertThatThrownBy(() -> settings.connect("over")).hasMessageContaining(dead);
                continue;
            }
            try (TestConnection connection = settings.connect("over", epoch)) {
                assertThat(connection.answer.address()).isEqualTo(live);
                connection.client.endSession();
            }
        }
    }

    @Test
    void ifNoneLivesAllAreNamed() throws Exception {
        assumeThat(client.isPaho()).as("Paho tries one in each attempt").isFalse();
        String first = "tcp://127.0.0.1:" + deadPort();
        String second = "tcp://no-such-host.invalid:1";

        assertThatThrownBy(
                        () ->
                                client.settings(first + "," + second)
                                        .connectTimeout(Duration.ofSeconds(2))
                                        .connect("over"))
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isFalse())
                .hasMessageContainingAll(first, second);
    }

    /** Messages come, and acknowledgements are taken, a lot of both. */
    private void assertWorks(String url, TlsSettings tls) throws Exception {
        String clientId = "transport-" + System.nanoTime();
        int count = 200;
        String payload = "x".repeat(500);
        try (TestConnection connection = client.settings(url).tls(tls).connect(clientId)) {
            assertThat(connection.answer.address()).startsWith(url);
            if (!tls.equals(TlsSettings.DEFAULT) && tls.certificate() != null) {
                // Its publisher would need a certificate too.
                return;
            }
            connection.subscribed(clientId);
            try (Publisher publisher = new Publisher(broker.url())) {
                for (int i = 0; i < count; i++) {
                    publisher.publish(clientId, payload);
                }
            }
            connection.awaitMessages(count);
            connection.acknowledge(0, count);
        }
        try (TestConnection again = client.settings(url).tls(tls).connect(clientId, 2)) {
            assertThat(again.answer.sessionPresent()).isTrue();
            if (!client.isPaho()) {
                // Over TLS and WebSockets Paho hangs up without waiting for the broker, which then
                // sends the messages again whose acknowledgements it missed.
                assertThat(again.messages()).isEmpty();
            }
            again.client.endSession();
        }
    }

    private AbstractThrowableAssert<?, ?> refuses(String url, TlsSettings tls) {
        return assertThatThrownBy(() -> client.settings(url).tls(tls).connect("refused"))
                .isInstanceOf(MqttFailure.class);
    }

    private static int deadPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
