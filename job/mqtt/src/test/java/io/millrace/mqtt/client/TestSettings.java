package io.millrace.mqtt.client;

import io.millrace.common.Secret;
import java.time.Duration;

/** Makes settings for tests. */
final class TestSettings {
    private final ClientUnderTest client;
    private final String url;
    private String username;
    private String password;
    private TlsSettings tls = TlsSettings.DEFAULT;
    private Duration keepAlive = Duration.ofSeconds(60);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private int receiveMaximum = 65_535;
    private int maxPacketSize = 256 << 20;

    TestSettings(ClientUnderTest client, String url) {
        this.client = client;
        this.url = url;
    }

    TestSettings user(String username, String password) {
        this.username = username;
        this.password = password;
        return this;
    }

    TestSettings tls(TlsSettings tls) {
        this.tls = tls;
        return this;
    }

    TestSettings keepAlive(Duration keepAlive) {
        this.keepAlive = keepAlive;
        return this;
    }

    TestSettings connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    TestSettings maxPacketSize(int maxPacketSize) {
        this.maxPacketSize = maxPacketSize;
        return this;
    }

    ConnectionSettings build() {
        return new ConnectionSettings(
                url,
                client.library(),
                client.version(),
                username,
                password == null ? null : Secret.of(password),
                tls,
                keepAlive,
                connectTimeout,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                receiveMaximum,
                maxPacketSize);
    }

    /** Connects for the first time. */
    TestConnection connect(String clientId) throws MqttFailure {
        return connect(clientId, 1);
    }

    TestConnection connect(String clientId, int epoch) throws MqttFailure {
        return new TestConnection(build(), clientId, epoch);
    }
}
