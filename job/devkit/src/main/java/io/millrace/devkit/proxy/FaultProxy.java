package io.millrace.devkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on a free port of 127.0.0.1 that passes bytes on and misbehaves on demand. All
 * methods may be called from any thread, at any time, and take effect at once.
 */
public final class FaultProxy implements AutoCloseable {
    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress server;
    private volatile boolean refusing;
    private volatile Duration delay = Duration.ZERO;
    private volatile long accepted;

    // Guarded by stalledLock; pumps wait on it.
    private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
    private final Object stalledLock = new Object();

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accept = new Thread(this::accept, "fault-proxy-accept-" + port());
        accept.setDaemon(true);
        accept.start();
    }

    /** Starts a proxy to a server on 127.0.0.1. */
    public static FaultProxy to(int port) {
        return to("127.0.0.1", port);
    }

    /** Starts a proxy to a server. */
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** New connections go to this port of 127.0.0.1 from now on. */
    public void redirect(int serverPort) {
        server = new InetSocketAddress("127.0.0.1", serverPort);
    }

    /** Cuts all connections with a TCP reset; what is under way is lost. New ones are let in. */
    public void cut() {
        links.forEach(Link::reset);
    }

    /** From now on resets each new connection at once. Those that exist go on. */
    public void refuse() {
        refusing = true;
    }

    /** Lets new connections in again. */
    public void admit() {
        refusing = false;
    }

    /**
     * Reads nothing more in this direction: buffers fill up and the sender is held back, as by a
     * peer that hangs. Connections stay open.
     */
    public void stall(Direction direction) {
        synchronized (stalledLock) {
            stalled.add(direction);
        }
    }

    /** Passes bytes on in both directions again. */
    public void resume() {
        synchronized (stalledLock) {
            stalled.clear();
            stalledLock.notifyAll();
        }
    }

    /** Holds each chunk of bytes back for this long before it is passed on, in both directions. */
    public void delay(Duration delay) {
        this.delay = delay;
    }

    /** How many connections are open now. */
    public int connections() {
        return links.size();
    }

    /** How many connections have been let in since the start. */
    public long accepted() {
        return accepted;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
            resume();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    reset(client);
                } else {
                    open(client);
                }
            } catch (IOException e) {
                // The listener was closed, or a client went away while it was let in.
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(server, 5_000);
        } catch (IOException e) {
            reset(client);
            throw e;
        }
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        accepted++;
        Link link = new Link(client, upstream);
        links.add(link);
        link.start();
    }

    private void awaitFlow(Direction direction, Link link) throws InterruptedException {
        synchronized (stalledLock) {
            while (stalled.contains(direction) && links.contains(link)) {
                // Bounded, since a cut link does not notify.
                stalledLock.wait(100);
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done to it.
        }
    }

    /** One client's connection and the one to the server that belongs to it. */
    private final class Link {
        private final Socket client;
        private final Socket upstream;

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void start() {
            pump(client, upstream, Direction.TO_SERVER);
            pump(upstream, client, Direction.TO_CLIENT);
        }

        void reset() {
            links.remove(this);
            FaultProxy.reset(client);
            FaultProxy.reset(upstream);
        }

        private void pump(Socket from, Socket to, Direction direction) {
            Thread thread =
                    new Thread(
                            () -> copy(from, to, direction),
                            "fault-proxy-" + port() + "-" + direction);
            thread.setDaemon(true);
            thread.start();
        }

        private void copy(Socket from, Socket to, Direction direction) {
            byte[] chunk = new byte[16 * 1024];
            try {
                while (true) {
                    awaitFlow(direction, this);
                    int length = from.getInputStream().read(chunk);
                    if (length < 0) {
                        break;
                    }
                    // A read that was under way when the stall began.
                    awaitFlow(direction, this);
                    if (!delay.isZero()) {
                        Thread.sleep(delay.toMillis());
                    }
                    to.getOutputStream().write(chunk, 0, length);
                }
            } catch (IOException | InterruptedException e) {
                // The link ends.
            }
            links.remove(this);
            close(from);
            close(to);
        }
    }
}
