package io.millrace.devkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyITCase {
    private EchoServer server;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        server = new EchoServer();
        proxy = FaultProxy.to(server.port());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(5_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesOnInBothDirections() throws IOException {
        assertThat(echo(42)).isEqualTo(42);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void cutEndsTheConnectionAndLetsTheNextIn() throws IOException {
        echo(1);
        proxy.cut();

        assertThatThrownBy(() -> echo(2)).isInstanceOf(IOException.class);
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        assertThat(echo(3)).isEqualTo(3);
        assertThat(proxy.accepted()).isEqualTo(2);
    }

    @Test
    void refuseTurnsNewConnectionsAwayUntilAdmit() throws IOException {
        proxy.refuse();
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        assertThatThrownBy(() -> echo(1)).isInstanceOf(IOException.class);

        proxy.admit();
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        assertThat(echo(2)).isEqualTo(2);
    }

    @Test
    void stallHoldsBytesBackUntilResume() throws IOException {
        echo(1);
        proxy.stall(FaultProxy.Direction.TO_CLIENT);
        client.setSoTimeout(200);
        assertThatThrownBy(() -> echo(2)).isInstanceOf(SocketTimeoutException.class);

        proxy.resume();
        client.setSoTimeout(5_000);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void delaySlowsBytesDown() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        long start = System.nanoTime();
        echo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void noticesThatAClientHasGone() throws IOException {
        echo(1);
        client.close();
        await().until(() -> proxy.connections() == 0);
    }

    private int echo(int value) throws IOException {
        client.getOutputStream().write(value);
        int answer = client.getInputStream().read();
        if (answer < 0) {
            throw new IOException("closed");
        }
        return answer;
    }

    private static final class EchoServer implements AutoCloseable {
        private final ServerSocket listener;

        EchoServer() throws IOException {
            listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            daemon(
                    () -> {
                        while (true) {
                            Socket socket = listener.accept();
                            daemon(() -> echo(socket));
                        }
                    });
        }

        int port() {
            return listener.getLocalPort();
        }

        private static void echo(Socket socket) throws IOException {
            try (InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                for (int value = in.read(); value >= 0; value = in.read()) {
                    out.write(value);
                }
            }
        }

        private interface Io {
            void run() throws IOException;
        }

        private static void daemon(Io work) {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    work.run();
                                } catch (IOException e) {
                                    // The test is over.
                                }
                            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
