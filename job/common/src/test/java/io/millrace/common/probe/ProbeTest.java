package io.millrace.common.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final TlsOptionNames OPTIONS =
            new TlsOptionNames("trust", "name", "identify", "verify name", "verify", "no tls");

    @Test
    void takesTheRemedyOutOfAMessage() {
        Finding finding =
                Finding.bad(
                        new IOException("The broker at a.b:1 refuses. Check 'username'."), "else");
        assertThat(finding.found()).isEqualTo("The broker at a.b:1 refuses.");
        assertThat(finding.remedy()).isEqualTo("Check 'username'.");
        assertThat(Finding.bad(new IOException("refused"), "else").remedy()).isEqualTo("else");
    }

    @Test
    void readsAddresses() {
        assertThat(Endpoint.parse("[::1]:6041")).isEqualTo(new Endpoint("::1", 6041));
        assertThat(Endpoint.parse("[::1]:6041")).hasToString("[::1]:6041");
        assertThat(Endpoint.parse("10.0.0.1:1").isAddress()).isTrue();
        assertThat(Endpoint.parse("broker:1").isAddress()).isFalse();
    }

    @Test
    void aLookThatFailsIsABadFinding() {
        Checklist checks = new Checklist();
        assertThat(
                        checks.run(
                                "x",
                                () -> {
                                    throw new IOException("broken");
                                }))
                .isFalse();
        assertThat(checks.checks()).singleElement().matches(Check::isBad);
    }

    @Test
    void knowsWhyAHandshakeFails() {
        assertRemedy(new SSLHandshakeException("x"), "");
        assertRemedy(caused(new CertificateExpiredException("x")), "Renew it on the server.");
        assertRemedy(caused(new CertificateException("No name matching b found")), "name");
        assertRemedy(new SSLException("Received fatal alert: certificate_required"), "identify");
        assertRemedy(new SSLException("Unsupported or unrecognized SSL message"), "no tls");
        assertRemedy(caused(new EOFException("SSL peer shut down")), "no tls");
    }

    private static IOException caused(Exception cause) {
        return new IOException("wrapped", cause);
    }

    private static void assertRemedy(IOException failure, String remedy) {
        Finding finding =
                new TlsFailure(new Endpoint("b", 1), "b", OPTIONS).finding(failure, List.of());
        assertThat(finding.remedy()).isEqualTo(remedy);
        assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
    }
}
