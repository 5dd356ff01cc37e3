package io.millrace.mqtt.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context of the files that the settings name. Stateless. */
public final class TlsContext {
    /** Protects keys in this process's memory from nobody; the JDK wants one. */
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContext() {}

    /**
     * Reads the files.
     *
     * @throws MqttFailure (permanent) if a file cannot be read or does not hold what it should
     */
    public static SSLContext of(TlsSettings tls) throws MqttFailure {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    tls.certificate() == null ? null : keys(tls).getKeyManagers(),
                    tls.ca() == null ? null : trust(tls).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw MqttFailure.permanent("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(TlsSettings tls)
            throws GeneralSecurityException, IOException, MqttFailure {
        TlsFile file = TlsFile.read("tls.ca", tls.ca(), tls.password());
        List<? extends Certificate> certificates =
                file.isPem() ? PemFile.certificates(file) : Pkcs12File.certificates(file);
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyManagerFactory keys(TlsSettings tls)
            throws GeneralSecurityException, IOException, MqttFailure {
        TlsFile file = TlsFile.read("tls.certificate", tls.certificate(), tls.password());
        KeyStore.PrivateKeyEntry entry = file.isPem() ? pem(tls, file) : pkcs12(tls, file);
        KeyStore store = empty();
        store.setKeyEntry(
                "client", entry.getPrivateKey(), NO_PASSWORD, entry.getCertificateChain());
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static KeyStore.PrivateKeyEntry pem(TlsSettings tls, TlsFile file)
            throws GeneralSecurityException, MqttFailure {
        if (tls.key() == null) {
            throw file.wrong(
                    "is PEM, and 'tls.key' is missing, which names the file with its key. Or give a PKCS #12 file, which holds both.");
        }
        Certificate[] chain = PemFile.certificates(file).toArray(Certificate[]::new);
        return new KeyStore.PrivateKeyEntry(
                PemFile.key(TlsFile.read("tls.key", tls.key(), tls.password()), chain[0]), chain);
    }

    private static KeyStore.PrivateKeyEntry pkcs12(TlsSettings tls, TlsFile file)
            throws GeneralSecurityException, MqttFailure {
        if (tls.key() != null) {
            throw file.wrong("is PKCS #12, which holds the key too. Leave 'tls.key' out.");
        }
        return Pkcs12File.key(file);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
