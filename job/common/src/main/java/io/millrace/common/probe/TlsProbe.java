package io.millrace.common.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * Looks at a server's TLS as a client meets it: whether it trusts the chain, whether the
 * certificate is for the server's name, and how long it is valid. Where the client would hang up, a
 * second handshake that trusts anybody shows what the server has; nothing is sent over it.
 */
public final class TlsProbe {
    /**
     * How the client does it.
     *
     * @param context trusts what the client trusts and shows what it shows
     * @param serverName the name to ask for and to find in the certificate
     * @param verifiesName whether the client hangs up if it is for another name
     * @param verifiesChain whether the client hangs up if it trusts none of the authorities
     * @param alpn application protocols that the client offers
     * @param options what the connection's options can do about it, for remedies
     */
    public record Client(
            SSLContext context,
            String serverName,
            boolean verifiesName,
            boolean verifiesChain,
            List<String> alpn,
            TlsOptionNames options) {}

    private final Endpoint endpoint;
    private final Client client;
    private final Duration timeout;
    private final Clock clock;

    public TlsProbe(Endpoint endpoint, Client client, Duration timeout, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Looks.
     *
     * @return whether the client would go on
     */
    public boolean run(Checklist checks) {
        List<X509Certificate> shown = new ArrayList<>();
        boolean good =
                checks.run(
                        "TLS",
                        () -> {
                            try {
                                SSLSession session =
                                        handshake(client.context(), client.verifiesName());
                                shown.addAll(chain(session));
                                return trusted(session);
                            } catch (IOException e) {
                                shown.addAll(whatItShows());
                                return new TlsFailure(
                                                endpoint, client.serverName(), client.options())
                                        .finding(e, shown);
                            }
                        });
        if (!shown.isEmpty()) {
            good &=
                    checks.run(
                            "certificate",
                            () -> new CertificateDates(clock.instant()).finding(shown));
        }
        return good;
    }

    private Finding trusted(SSLSession session) {
        String spoken = session.getProtocol() + ", " + session.getCipherSuite();
        if (!client.verifiesChain()) {
            return Finding.warning(
                    spoken + "; the certificate is not looked at",
                    "Anybody on the way can read and change what is sent. "
                            + client.options().toVerifyChain());
        }
        if (!client.verifiesName()) {
            return Finding.warning(
                    spoken + "; the chain is trusted, and any host's certificate would do",
                    client.options().toVerifyName());
        }
        return Finding.good(
                spoken + "; the chain is trusted and is for '" + client.serverName() + "'");
    }

    private SSLSession handshake(SSLContext context, boolean verifyName) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
            plain.setSoTimeout(millis);
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(
                                            plain, client.serverName(), endpoint.port(), true)) {
                socket.setSSLParameters(parameters(socket.getSSLParameters(), verifyName));
                socket.startHandshake();
                return socket.getSession();
            }
        }
    }

    private SSLParameters parameters(SSLParameters parameters, boolean verifyName) {
        if (verifyName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!new Endpoint(client.serverName(), endpoint.port()).isAddress()) {
            try {
                parameters.setServerNames(List.of(new SNIHostName(client.serverName())));
            } catch (IllegalArgumentException e) {
                // Such as one with an underscore, which TLS does not know but networks do.
            }
        }
        if (!client.alpn().isEmpty()) {
            parameters.setApplicationProtocols(client.alpn().toArray(String[]::new));
        }
        return parameters;
    }

    private List<X509Certificate> whatItShows() {
        SeenChain seen = new SeenChain();
        try {
            handshake(seen.context(), false);
        } catch (SSLHandshakeException e) {
            // After it has shown its own it may want one of the client's.
        } catch (IOException e) {
            return List.of();
        }
        return seen.chain();
    }

    private static List<X509Certificate> chain(SSLSession session) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : session.getPeerCertificates()) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        return chain;
    }
}
