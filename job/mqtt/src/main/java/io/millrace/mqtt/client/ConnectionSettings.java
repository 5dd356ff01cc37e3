package io.millrace.mqtt.client;

import io.millrace.common.References;
import io.millrace.common.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to reach a broker. Texts may hold references, which are resolved where the connection is
 * made.
 *
 * @param url one or several addresses separated by commas, tried in turn
 * @param username null for none
 * @param password null for none
 * @param library which client speaks
 * @param keepAlive the longest silence on a connection
 * @param connectTimeout how long connecting may take
 * @param operationTimeout how long the broker may take to answer SUBSCRIBE, UNSUBSCRIBE or PUBLISH
 * @param sessionExpiry how long the broker shall keep the session while nobody is connected (MQTT
 *     5; up to the broker with 3.1.1)
 * @param receiveMaximum how many messages the broker may send before it sees an acknowledgement
 *     (MQTT 5)
 * @param maxPacketSize the longest packet to take, in bytes
 */
public record ConnectionSettings(
        String url,
        ClientLibrary library,
        ProtocolVersion version,
        String username,
        Secret password,
        TlsSettings tls,
        Duration keepAlive,
        Duration connectTimeout,
        Duration operationTimeout,
        Duration sessionExpiry,
        int receiveMaximum,
        int maxPacketSize)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** MQTT's word for a session that never ends. */
    private static final long NEVER = 0xFFFF_FFFFL;

    /** The addresses, references resolved, in the form {@code tcp://host:port}. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (String address : References.resolve(url).split(",")) {
            if (!address.isBlank()) {
                addresses.add(BrokerAddress.normalize(address.strip()));
            }
        }
        return addresses;
    }

    /** The session expiry in the seconds that the protocol wants. */
    public long sessionExpirySeconds() {
        return Math.min(NEVER, sessionExpiry.toSeconds());
    }

    /** The keep-alive in the seconds that the protocol wants. */
    public int keepAliveSeconds() {
        return (int) keepAlive.toSeconds();
    }

    /** The connect timeout in seconds, at least one. */
    public int connectTimeoutSeconds() {
        return (int) Math.max(1, connectTimeout.toSeconds());
    }

    /** The same settings for one address, another version and another patience. */
    public ConnectionSettings forTrial(String address, ProtocolVersion spoken, Duration patience) {
        return new ConnectionSettings(
                address,
                library,
                spoken,
                username,
                password,
                tls,
                keepAlive,
                patience,
                patience,
                sessionExpiry,
                receiveMaximum,
                maxPacketSize);
    }
}
