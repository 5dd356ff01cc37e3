package io.millrace.mqtt.client;

import io.millrace.common.Secret;
import java.io.Serializable;
import java.util.List;

/**
 * What TLS needs. Paths may hold references. All may be null: then the machine's own certificate
 * authorities count and the client shows no certificate.
 *
 * @param ca certificates of the authorities to trust, PEM or PKCS #12
 * @param certificate the client's certificate and its chain, PEM; or PKCS #12 with the key in it
 * @param key the key of a PEM certificate, PKCS #8, encrypted or not
 * @param password opens the files that are encrypted
 * @param serverName the name to ask for (SNI) and to find in the broker's certificate, if it is not
 *     the host of the address
 * @param verifyHostname whether the broker's certificate must be for its name
 * @param alpn application protocols to offer, such as {@code mqtt} or {@code x-amzn-mqtt-ca}; empty
 *     for none
 */
public record TlsSettings(
        String ca,
        String certificate,
        String key,
        Secret password,
        String serverName,
        boolean verifyHostname,
        List<String> alpn)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing of its own. */
    public static final TlsSettings DEFAULT = pem(null, null, null);

    /** Files in PEM without a password. */
    public static TlsSettings pem(String ca, String certificate, String key) {
        return new TlsSettings(ca, certificate, key, null, null, true, List.of());
    }
}
