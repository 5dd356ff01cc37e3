package io.millrace.mqtt.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads certificates and keys in PKCS #12. Stateless. */
final class Pkcs12File {
    private Pkcs12File() {}

    /**
     * All certificates of a file, those that go with a key included. The JDK does not show those
     * that stand alone without being marked as trusted, which OpenSSL before 3.2 cannot do.
     */
    static List<Certificate> certificates(TlsFile file)
            throws GeneralSecurityException, MqttFailure {
        KeyStore store = open(file);
        List<Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain != null) {
                found.addAll(List.of(chain));
            } else if (store.getCertificate(alias) != null) {
                found.add(store.getCertificate(alias));
            }
        }
        if (found.isEmpty()) {
            throw file.wrong(
                    "holds no certificate that Java takes for trusted. Give the certificates as PEM, or make the file with: keytool -importcert -storetype PKCS12 -file ca.pem -keystore ca.p12");
        }
        return found;
    }

    /** The only key of a file, and its certificates. */
    static KeyStore.PrivateKeyEntry key(TlsFile file) throws GeneralSecurityException, MqttFailure {
        KeyStore store = open(file);
        try {
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, file.passwordLetters());
                if (key instanceof PrivateKey privateKey) {
                    return new KeyStore.PrivateKeyEntry(
                            privateKey, store.getCertificateChain(alias));
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw file.locked(e);
        }
        throw file.wrong("holds no key; a client's certificate needs its own.");
    }

    private static KeyStore open(TlsFile file) throws GeneralSecurityException, MqttFailure {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file.bytes()), file.passwordLetters());
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw file.locked(e);
            }
            throw file.wrong(
                    "is neither PEM nor a PKCS #12 file that Java can read: " + e.getMessage(), e);
        }
    }
}
