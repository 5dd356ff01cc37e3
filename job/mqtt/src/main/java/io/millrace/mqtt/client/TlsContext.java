package io.millrace.mqtt.client;

import io.millrace.common.References;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context of PEM files. Stateless. */
final class TlsContext {
    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";

    private TlsContext() {}

    /**
     * Reads the files.
     *
     * @throws MqttFailure (permanent) if a file cannot be read or does not hold what it should
     */
    static SSLContext of(TlsSettings tls) throws MqttFailure {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    tls.certificate() == null
                            ? null
                            : keys(tls.certificate(), tls.key()).getKeyManagers(),
                    tls.ca() == null ? null : trust(tls.ca()).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw MqttFailure.permanent("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(String ca)
            throws GeneralSecurityException, IOException, MqttFailure {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates("tls.ca", ca)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyManagerFactory keys(String certificate, String key)
            throws GeneralSecurityException, IOException, MqttFailure {
        Certificate[] chain =
                certificates("tls.certificate", certificate).toArray(Certificate[]::new);
        KeyStore store = empty();
        store.setKeyEntry("client", key(key), new char[0], chain);
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory;
    }

    private static Collection<? extends Certificate> certificates(String option, String path)
            throws GeneralSecurityException, MqttFailure {
        byte[] pem = read(option, path);
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem));
        if (certificates.isEmpty()) {
            throw MqttFailure.permanent(
                    "Option '"
                            + option
                            + "': file '"
                            + path
                            + "' holds no certificate; a PEM file is wanted.",
                    null);
        }
        return certificates;
    }

    private static PrivateKey key(String path) throws GeneralSecurityException, MqttFailure {
        String pem = new String(read("tls.key", path), StandardCharsets.US_ASCII);
        int begin = pem.indexOf(BEGIN_KEY);
        int end = pem.indexOf(END_KEY);
        if (begin < 0 || end < begin) {
            throw MqttFailure.permanent(
                    "Option 'tls.key': file '"
                            + path
                            + "' holds no unencrypted PKCS #8 key (\""
                            + BEGIN_KEY
                            + "\"). Convert it: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key",
                    null);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(
                        Base64.getMimeDecoder()
                                .decode(pem.substring(begin + BEGIN_KEY.length(), end)));
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm.
            }
        }
        throw MqttFailure.permanent(
                "Option 'tls.key': file '" + path + "' holds no RSA, EC or EdDSA key.", null);
    }

    private static byte[] read(String option, String path) throws MqttFailure {
        try {
            return Files.readAllBytes(Path.of(References.resolve(path)));
        } catch (IOException e) {
            throw MqttFailure.permanent(
                    "Option '"
                            + option
                            + "': file '"
                            + path
                            + "' cannot be read: "
                            + e
                            + ". It must exist where the job runs.",
                    e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
