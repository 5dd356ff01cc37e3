package io.millrace.common.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Tells why a handshake failed, and what to do. Stateless but for whom it is about. */
final class TlsFailure {
    private final Endpoint endpoint;
    private final String serverName;
    private final TlsOptionNames options;

    TlsFailure(Endpoint endpoint, String serverName, TlsOptionNames options) {
        this.endpoint = endpoint;
        this.serverName = serverName;
        this.options = options;
    }

    /**
     * Sorts a failure.
     *
     * @param shown what the server showed, if anything
     */
    Finding finding(IOException failure, List<X509Certificate> shown) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        if (root instanceof CertificateExpiredException) {
            return Finding.bad("the certificate has expired", "Renew it on the server.");
        }
        if (root instanceof CertificateNotYetValidException) {
            return Finding.bad(
                    "the certificate is not valid yet", "Is the clock of this machine right?");
        }
        if (root instanceof CertPathBuilderException) {
            return Finding.bad(
                    "the authority of the certificate is not trusted: "
                            + (shown.isEmpty()
                                    ? message
                                    : shown.get(shown.size() - 1)
                                            .getIssuerX500Principal()
                                            .getName()),
                    options.toTrust());
        }
        if (root instanceof CertificateException
                && (message.startsWith("No name") || message.startsWith("No subject"))) {
            return Finding.bad(
                    "the certificate is not for '"
                            + serverName
                            + "'"
                            + (shown.isEmpty()
                                    ? ""
                                    : " but for " + CertificateDates.names(shown.get(0))),
                    options.toName());
        }
        if (message.endsWith("certificate_required") || message.endsWith("bad_certificate")) {
            return Finding.bad("the server wants the client's certificate", options.toIdentify());
        }
        if (message.contains("plaintext connection") || message.contains("Unsupported or unrec")) {
            return Finding.bad(endpoint + " answers, but not with TLS", options.withoutTls());
        }
        if (root instanceof EOFException
                || root instanceof SocketException
                || message.contains("terminated the handshake")) {
            return Finding.bad(endpoint + " hangs up on the handshake", options.withoutTls());
        }
        if (root instanceof SocketTimeoutException) {
            return Finding.bad(endpoint + " does not answer the handshake", options.withoutTls());
        }
        return Finding.bad("the handshake fails: " + message, "");
    }
}
