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
                    "mqtts", "ssl");

    private BrokerAddress() {}

    /**
     * Brings an address into the form {@code tcp://host:port} or {@code ssl://host:port}.
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
        if (uri.getRawPath() != null && !uri.getRawPath().matches("/?")) {
            throw wrong(address, "has a path");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("ssl") ? 8883 : 1883;
        return scheme + "://" + uri.getHost() + ":" + port;
    }

    /** Whether a normalized address asks for TLS. */
    public static boolean isTls(String normalized) {
        return normalized.startsWith("ssl:");
    }

    private static IllegalArgumentException wrong(String address, String what) {
        return new IllegalArgumentException(
                "Broker address '"
                        + address
                        + "' "
                        + what
                        + "; allowed are tcp://host:1883 (or mqtt://) and, with TLS, ssl://host:8883 (or mqtts://).");
    }
}
