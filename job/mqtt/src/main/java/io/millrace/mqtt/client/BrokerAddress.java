package io.millrace.mqtt.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/** Reads broker addresses. Stateless. */
public final class BrokerAddress {
    /** What users write, and what it means. */
    private static final Map<String, String> SCHEMES =
            Map.of(
                    "tcp", "tcp",
                    "mqtt", "tcp",
                    "ssl", "ssl",
                    "tls", "ssl",
                    "mqtts", "ssl",
                    "ws", "ws",
                    "wss", "wss");

    /** Those of WebSockets are EMQX's; there is no standard. */
    private static final Map<String, Integer> PORTS =
            Map.of("tcp", 1883, "ssl", 8883, "ws", 8083, "wss", 8084);

    /** Where brokers listen for WebSockets if they care. */
    private static final String DEFAULT_PATH = "/mqtt";

    private BrokerAddress() {}

    /**
     * Brings an address into the form {@code tcp://host:port}, {@code ssl://host:port}, {@code
     * ws://host:port/path} or {@code wss://host:port/path}.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static String normalize(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw wrong(address, "is no address");
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw wrong(address, "has no scheme or no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "Broker address of host '"
                            + uri.getHost()
                            + "' holds a user name; give it with 'username' and 'password'.");
        }
        String scheme = SCHEMES.get(uri.getScheme().toLowerCase(Locale.ROOT));
        if (scheme == null) {
            throw wrong(address, "has an unknown scheme");
        }
        if (uri.getRawFragment() != null) {
            throw wrong(address, "has a fragment (#)");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : PORTS.get(scheme);
        return scheme + "://" + uri.getHost() + ":" + port + path(address, uri, scheme);
    }

    private static String path(String address, URI uri, String scheme) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        if (scheme.startsWith("ws")) {
            // A path of / is one: some brokers listen there.
            return (path.isEmpty() ? DEFAULT_PATH : path) + query;
        }
        if (!path.matches("/?") || !query.isEmpty()) {
            throw wrong(address, "has a path");
        }
        return "";
    }

    /** Whether a normalized address asks for TLS. */
    public static boolean isTls(String normalized) {
        return normalized.startsWith("ssl:") || normalized.startsWith("wss:");
    }

    /** Whether a normalized address asks for a WebSocket. */
    public static boolean isWebSocket(String normalized) {
        return normalized.startsWith("ws");
    }

    private static IllegalArgumentException wrong(String address, String what) {
        return new IllegalArgumentException(
                "Broker address '"
                        + address
                        + "' "
                        + what
                        + "; allowed are tcp://host:1883 (or mqtt://), with TLS ssl://host:8883 (or mqtts://), and over WebSockets ws://host:8083/mqtt and wss://host:8084/mqtt.");
    }
}
