package io.millrace.mqtt.client;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets that one Paho client opens, so that they can be closed whatever state Paho is in: its
 * threads end then. Thread-safe.
 */
final class PahoSockets {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What Paho shall use for {@code tcp://}. */
    SocketFactory plain() {
        return new Plain();
    }

    /** What Paho shall use for {@code ssl://}. */
    SSLSocketFactory tls(SSLSocketFactory factory) {
        return new Tls(factory);
    }

    /** Closes them all, now and in future. */
    void close() {
        closed = true;
        sockets.forEach(PahoSockets::close);
    }

    private <S extends Socket> S remember(S socket) {
        sockets.add(socket);
        if (closed) {
            close(socket);
        }
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() {
            return remember(new PahoSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return remember(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return remember(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return remember(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return remember(new Socket(host, port, local, localPort));
        }
    }

    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory factory;

        Tls(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return remember(factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
                throws IOException {
            return remember(factory.createSocket(socket, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return remember(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return remember(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return remember(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return remember(factory.createSocket(host, port, local, localPort));
        }
    }

    /** Sees to it that what Paho wrote last reaches the broker, and that Paho starts up. */
    private static final class PahoSocket extends Socket {
        private static final int READ_AHEAD = 32 * 1024;
        private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

        @Override
        public InputStream getInputStream() throws IOException {
            return new PatientStream(new BufferedInputStream(super.getInputStream(), READ_AHEAD));
        }

        /** Paho does that before it closes; {@link #close} has to read on. */
        @Override
        public void shutdownInput() {}

        /**
         * Says that nothing more comes and reads until the broker, having read everything, closes
         * its side. Closing while there are bytes to read would reset the connection, and the
         * broker would lose acknowledgements that it has not yet read.
         */
        @Override
        public synchronized void close() throws IOException {
            if (isConnected() && !isClosed() && !isOutputShutdown()) {
                try {
                    shutdownOutput();
                    drain();
                } catch (IOException e) {
                    // The connection is gone already.
                }
            }
            super.close();
        }

        private void drain() throws IOException {
            InputStream in = super.getInputStream();
            byte[] rest = new byte[READ_AHEAD];
            setSoTimeout(100);
            long end = System.nanoTime() + DRAIN_NANOS;
            while (System.nanoTime() < end) {
                try {
                    if (in.read(rest) < 0) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    // Nothing came in that time.
                }
            }
        }
    }

    /**
     * Reports an end of the stream no earlier than a second after it was opened. Paho 1.2.5 waits
     * for its receiver thread to be running by looking each 100 ms; when the peer closes at once,
     * that thread has ended before Paho looks and Paho waits for ever (CommsReceiver.start).
     * Reading ahead below it spares Paho a call of the system for each byte of a packet's head.
     */
    private static final class PatientStream extends FilterInputStream {
        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

        private final long opened = System.nanoTime();

        // Only the receiver thread reads.
        private boolean anythingRead;

        PatientStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (anythingRead) {
                return super.read(target, offset, length);
            }
            try {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    awaitPatience();
                }
                anythingRead = count > 0;
                return count;
            } catch (IOException e) {
                awaitPatience();
                throw e;
            }
        }

        private void awaitPatience() {
            long left = PATIENCE - (System.nanoTime() - opened);
            if (left > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
