package io.millrace.mqtt.client;

import io.millrace.devkit.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS in front of a server that does not, and remembers what clients asked for. */
final class TlsTerminator implements AutoCloseable {
    final List<String> serverNames = new CopyOnWriteArrayList<>();
    final List<String> protocols = new CopyOnWriteArrayList<>();

    private final int upstreamPort;
    private final SSLServerSocket listener;

    /**
     * @param alpn what it speaks; empty to take no notice of what clients offer
     */
    TlsTerminator(TestCertificates certificate, int upstreamPort, String... alpn)
            throws IOException, GeneralSecurityException {
        this.upstreamPort = upstreamPort;
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(certificate.store().toFile(), TestCertificates.password()),
                TestCertificates.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        listener =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        listener.setSSLParameters(parameters);
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // The listener was closed.
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), upstreamPort)) {
            client.startHandshake();
            ((ExtendedSSLSession) client.getSession())
                    .getRequestedServerNames()
                    .forEach(name -> serverNames.add(((SNIHostName) name).getAsciiName()));
            protocols.add(client.getApplicationProtocol());
            Thread back = start(() -> copy(upstream, client));
            client.getInputStream().transferTo(upstream.getOutputStream());
            // Closing now would reset the connection before the server has read all.
            upstream.shutdownOutput();
            back.join(2_000);
        } catch (IOException | InterruptedException e) {
            // The client did not like the certificate, or the link ends.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // The link ends.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "tls-terminator");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
