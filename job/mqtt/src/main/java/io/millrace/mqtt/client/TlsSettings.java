package io.millrace.mqtt.client;

import java.io.Serializable;

/**
 * PEM files for TLS, as paths that may hold references. All may be null: then the machine's own
 * certificate authorities count and the client shows no certificate.
 *
 * @param ca certificates of the authorities to trust
 * @param certificate the client's certificate and its chain
 * @param key the key of the client's certificate, PKCS #8, not encrypted
 */
public record TlsSettings(String ca, String certificate, String key) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing of its own. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null);
}
