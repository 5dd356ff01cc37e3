package io.millrace.mqtt.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads certificates and keys in PEM. Stateless. */
final class PemFile {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END ");

    private PemFile() {}

    /**
     * All certificates of a file.
     *
     * @throws MqttFailure if it holds none
     */
    static List<? extends Certificate> certificates(TlsFile file)
            throws GeneralSecurityException, MqttFailure {
        // The JDK stumbles over text in front of the first one.
        int begin = file.text().indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            throw file.wrong("holds no certificate; PEM or PKCS #12 is wanted.");
        }
        byte[] bytes = file.bytes();
        try {
            return List.copyOf(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(bytes, begin, bytes.length - begin)));
        } catch (CertificateException e) {
            throw file.wrong("holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The key of a file, decrypted if need be.
     *
     * @param certificate the one that it belongs to
     */
    static PrivateKey key(TlsFile file, Certificate certificate)
            throws GeneralSecurityException, MqttFailure {
        Matcher pem = KEY.matcher(file.text());
        if (!pem.find()) {
            throw file.wrong(
                    "holds no key; PEM is wanted, with a line -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----.");
        }
        PKCS8EncodedKeySpec key =
                switch (pem.group(1).strip()) {
                    case "" -> new PKCS8EncodedKeySpec(bytes(file, pem.group(2)));
                    case "ENCRYPTED" -> decrypt(file, bytes(file, pem.group(2)));
                    default ->
                            throw file.wrong(
                                    "holds a key of an old form (-----BEGIN "
                                            + pem.group(1)
                                            + "PRIVATE KEY-----). Convert it to PKCS #8: openssl pkcs8 -topk8 -in old.key -out new.key (with -nocrypt for one without a password).");
                };
        return privateKey(file, key, certificate.getPublicKey().getAlgorithm());
    }

    private static byte[] bytes(TlsFile file, String base64) throws MqttFailure {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw file.wrong("holds a key that is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static PKCS8EncodedKeySpec decrypt(TlsFile file, byte[] encrypted)
            throws GeneralSecurityException, MqttFailure {
        if (file.password() == null) {
            throw file.locked(null);
        }
        char[] password = file.passwordLetters();
        try {
            EncryptedPrivateKeyInfo key = new EncryptedPrivateKeyInfo(encrypted);
            String algorithm = algorithm(key);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password)),
                    key.getAlgParameters());
            return key.getKeySpec(cipher);
        } catch (NoSuchAlgorithmException | IOException e) {
            throw file.wrong(
                    "is encrypted in a way that Java does not know ("
                            + e.getMessage()
                            + "). Convert it: openssl pkcs8 -topk8 -in old.key -out new.key",
                    e);
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw file.locked(e);
        }
    }

    /**
     * The JDK's name for how a key is encrypted. JDK 17 answers "PBES2" for all of PBES2 and has
     * the rest only in the parameters' text.
     */
    private static String algorithm(EncryptedPrivateKeyInfo key) {
        AlgorithmParameters parameters = key.getAlgParameters();
        String name = key.getAlgName();
        return parameters != null && (name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13"))
                ? parameters.toString()
                : name;
    }

    private static PrivateKey privateKey(TlsFile file, PKCS8EncodedKeySpec key, String algorithm)
            throws GeneralSecurityException, MqttFailure {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(key);
        } catch (InvalidKeySpecException e) {
            throw file.wrong(
                    "holds a key that does not go with the certificate of 'tls.certificate', which needs one of "
                            + algorithm
                            + ".",
                    e);
        }
    }
}
