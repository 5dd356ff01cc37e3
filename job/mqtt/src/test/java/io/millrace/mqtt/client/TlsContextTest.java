package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Secret;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were made by OpenSSL 3.0, {@code trusted.p12} by keytool; their password is s3cret. */
class TlsContextTest {
    private static final String PASSWORD = "s3cret";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "certificate.pem, plain.key,",
        "certificate.pem, encrypted.key, s3cret",
        "certificate.pem, encrypted-pbes1.key, s3cret",
        "with-key.p12,, s3cret"
    })
    void opensTheCertificatesThatPeopleHave(String certificate, String key, String password) {
        assertThatCode(() -> TlsContext.of(tls(null, certificate, key, password)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate.pem", "trusted.p12", "with-key.p12"})
    void takesAuthoritiesInEitherForm(String ca) {
        assertThatCode(() -> TlsContext.of(tls(ca, null, null, PASSWORD)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "certificate.pem, encrypted.key",
        "certificate.pem, encrypted-pbes1.key",
        "with-key.p12,"
    })
    void aWrongPasswordNamesTheOptionAndTheFileAndNeverThePassword(String certificate, String key) {
        refuses(tls(null, certificate, key, "wr0ng"))
                .hasMessageContaining("'tls.password'")
                .hasMessageContaining(key == null ? certificate : key)
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void anEncryptedKeyAsksForItsPassword() {
        refuses(tls(null, "certificate.pem", "encrypted.key", null))
                .hasMessageContaining("encrypted.key")
                .hasMessageContaining("Give its password with 'tls.password'");
    }

    @Test
    void anOldKeyAndOneThatJavaDoesNotKnowSayHowToConvertThem() {
        refuses(tls(null, "certificate.pem", "old.key", null))
                .hasMessageContaining("BEGIN EC PRIVATE KEY")
                .hasMessageContaining("openssl pkcs8 -topk8");
        refuses(tls(null, "certificate.pem", "encrypted-scrypt.key", PASSWORD))
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void aPemCertificateNeedsItsKey() {
        refuses(tls(null, "certificate.pem", null, null))
                .hasMessageContaining("'tls.certificate'")
                .hasMessageContaining("'tls.key'");
        refuses(tls(null, "certificate.pem", "certificate.pem", null))
                .hasMessageContaining("'tls.key'")
                .hasMessageContaining("holds no key");
        refuses(tls(null, "certificate.pem", "rsa.key", null))
                .hasMessageContaining("does not go with the certificate");
    }

    @Test
    void aPkcs12FileBringsItsKey() {
        refuses(tls(null, "with-key.p12", "plain.key", PASSWORD))
                .hasMessageContaining("Leave 'tls.key' out");
        refuses(tls(null, "trusted.p12", null, PASSWORD)).hasMessageContaining("holds no key");
    }

    @Test
    void filesWithoutCertificatesSaySo() {
        refuses(tls("plain.key", null, null, null))
                .hasMessageContaining("'tls.ca'")
                .hasMessageContaining("holds no certificate");
        refuses(tls("untrusted.p12", null, null, PASSWORD))
                .hasMessageContaining("'tls.ca'")
                .hasMessageContaining("keytool");
    }

    @Test
    void damagedFilesSaySo() throws Exception {
        Path store = folder.resolve("half.p12");
        byte[] whole = Files.readAllBytes(Path.of(file("with-key.p12")));
        Files.write(store, java.util.Arrays.copyOf(whole, whole.length / 2));
        refuses(new TlsSettings(null, store.toString(), null, null, null, true, List.of()))
                .hasMessageContaining("neither PEM nor a PKCS #12 file");
        Path key = folder.resolve("bad.key");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
        refuses(TlsSettings.pem(null, file("certificate.pem"), key.toString()))
                .hasMessageContaining("bad.key");
    }

    @Test
    void aMissingFileSaysWhereItMustBe() {
        refuses(TlsSettings.pem(folder.resolve("missing.pem").toString(), null, null))
                .hasMessageContaining("'tls.ca'")
                .hasMessageContaining("missing.pem")
                .hasMessageContaining("where the job runs");
    }

    private static AbstractThrowableAssert<?, ?> refuses(TlsSettings tls) {
        return assertThatThrownBy(() -> TlsContext.of(tls))
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isTrue());
    }

    private static TlsSettings tls(String ca, String certificate, String key, String password) {
        return new TlsSettings(
                file(ca),
                file(certificate),
                file(key),
                password == null ? null : Secret.of(password),
                null,
                true,
                List.of());
    }

    private static String file(String name) {
        try {
            return name == null
                    ? null
                    : Path.of(TlsContextTest.class.getResource("/tls/" + name).toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
