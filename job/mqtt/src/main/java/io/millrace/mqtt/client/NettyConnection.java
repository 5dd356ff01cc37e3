package io.millrace.mqtt.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One MQTT connection on netty's codec: what a subscriber and a publisher have in common. It
 * connects once, to the first of the addresses that answers, and is thrown away when the connection
 * ends; {@link #close} must be called in any case, since the thread lives until then.
 *
 * <p><b>Receiving.</b> A {@link PacketListener} is told by the event loop, the connection's only
 * thread, what comes, from CONNACK on (so possibly before {@link #connect} has returned) until the
 * connection is lost ({@link PacketListener#closed}, once) or its owner begins to close it.
 *
 * <p><b>Sending.</b> {@link #write} takes netty's packets, or a {@code ByteBuf} that holds whole
 * packets and goes past the encoder; {@link #flush} puts what was written on the wire. Both may be
 * called by any thread. From another thread than the event loop each call costs a hand-over:
 * whoever has many packets puts them into one {@code ByteBuf}, or writes them from within {@link
 * #execute}. Nothing is held back here; {@link #isWritable()} tells when that would be wise.
 *
 * <p>Pings go on by themselves, also while {@linkplain #setReading reading is off}.
 */
final class NettyConnection implements AutoCloseable {
    /**
     * What CONNECT asks for.
     *
     * @param cleanStart whether the broker shall forget what it knows of the client id
     * @param expirySeconds how long it shall keep the session while nobody is connected (MQTT 5)
     * @param receiveMaximum see {@link ConnectionSettings#receiveMaximum()}; 0 to leave it open
     */
    record Session(boolean cleanStart, long expirySeconds, int receiveMaximum) {
        /** One that ends with its connection. */
        static final Session NONE = new Session(true, 0, 0);
    }

    /**
     * What the broker answered. MQTT 3.1.1 tells no more than whether the session is present; the
     * rest is what was asked for, or no limit.
     *
     * @param receiveMaximum how many QoS 1 messages may be published before an answer is seen
     * @param maximumPacketSize the longest packet that the broker takes; {@link Long#MAX_VALUE} for
     *     no limit
     * @param maximumQos the highest QoS to publish with
     * @param retainAvailable whether it stores messages on their topics
     * @param address where the connection was made
     */
    record Accepted(
            boolean sessionPresent,
            int keepAliveSeconds,
            long sessionExpirySeconds,
            int receiveMaximum,
            long maximumPacketSize,
            int maximumQos,
            boolean retainAvailable,
            String address) {}

    /** How long the broker may take to read what was sent last and to hang up. */
    private static final long FAREWELL_MILLIS = 1_500;

    private final ConnectionSettings settings;
    private final String clientId;
    private final Session session;
    private final PacketListener listener;
    private final EventThread thread;

    /** The owner's, before it connects. */
    private boolean gathers = true;

    /** Set by whoever ends the connection: the event loop or the owner. */
    private final AtomicBoolean over = new AtomicBoolean();

    // Written by the thread that connects and the event loop before anybody else needs them.
    private volatile Refusals refusals;
    private volatile Channel channel;
    private volatile PacketHandler handler;

    NettyConnection(
            ConnectionSettings settings,
            String clientId,
            Session session,
            PacketListener listener) {
        this.settings = settings;
        this.clientId = clientId;
        this.session = session;
        this.listener = listener;
        this.thread = new EventThread(clientId);
    }

    /** Has it read what comes as it comes; to be called before it connects. */
    void doNotGather() {
        gathers = false;
    }

    /**
     * Connects to the first address that answers.
     *
     * @param first which of the addresses to begin with, by its number modulo how many there are
     * @throws MqttFailure if none answers, or one refuses for good; the object is of no more use
     *     then, and closed
     */
    Accepted connect(int first) throws MqttFailure {
        try {
            List<String> addresses = settings.addresses();
            List<MqttFailure> failures = new ArrayList<>();
            for (int i = 0; i < addresses.size(); i++) {
                try {
                    return connectTo(addresses.get(Math.floorMod(first + i, addresses.size())));
                } catch (MqttFailure e) {
                    if (e.isPermanent() || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    failures.add(e);
                }
            }
            throw Refusals.all(failures);
        } catch (IllegalArgumentException e) {
            giveUp();
            throw MqttFailure.permanent("Cannot connect: " + e.getMessage(), e);
        } catch (MqttFailure e) {
            giveUp();
            throw e;
        }
    }

    private Accepted connectTo(String address) throws MqttFailure {
        refusals = new Refusals(address, clientId);
        handler =
                new PacketHandler(
                        settings,
                        Packets.connect(settings, clientId, session),
                        session.expirySeconds(),
                        address,
                        refusals,
                        over,
                        listener);
        if (!gathers) {
            handler.gate().doNotGather();
        }
        CompletableFuture<Accepted> opened = handler.opened();
        ChannelFuture connecting =
                new Transport(settings, address, refusals)
                        .open(thread.group(), handler, opening -> channel = opening);
        try {
            // TCP, TLS, WebSocket and MQTT together.
            return opened.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            opened.completeExceptionally(refusals.slow(settings.connectTimeout()));
        } catch (InterruptedException e) {
            opened.completeExceptionally(refusals.network("Connecting to", e));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Told below.
        }
        try {
            return opened.getNow(null);
        } catch (RuntimeException e) {
            connecting.channel().close();
            throw e.getCause() instanceof MqttFailure failure
                    ? failure
                    : refusals.network("Connecting to", e.getCause());
        }
    }

    private void giveUp() {
        over.set(true);
        close();
    }

    /** Makes failures that name the broker; of use once {@link #connect} was called. */
    Refusals refusals() {
        return refusals;
    }

    /** Whether the connection has ended or its owner has begun to close it. */
    boolean isOver() {
        return over.get();
    }

    /** Whether what was written is about to reach the network, rather than to pile up here. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /**
     * Hands a packet to the event loop. Never throws; the future fails if the connection is gone.
     */
    ChannelFuture write(Object packet) {
        return channel.write(packet);
    }

    /** Puts on the wire what was written. */
    void flush() {
        channel.flush();
    }

    /** {@link #write} and {@link #flush}. */
    ChannelFuture writeAndFlush(Object packet) {
        return channel.writeAndFlush(packet);
    }

    /**
     * Runs something on the event loop, in the order of the calls. Nothing happens if the
     * connection was closed.
     */
    void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // Closed by now.
        }
    }

    /**
     * Sends PINGREQ behind all that this thread has written so far; the listener is told the
     * answer.
     *
     * @param number what to tell it, not 0
     */
    void ping(long number) {
        execute(() -> handler.ping(number));
    }

    /** Reads from the network or leaves that. Pings go on. */
    void setReading(boolean reading) {
        if (over.get()) {
            return;
        }
        if (thread.isCurrent()) {
            // Takes effect before the next read.
            handler.gate().set(reading);
        } else {
            execute(() -> handler.gate().set(reading));
        }
    }

    /** Ends the connection in good order and keeps the session. Never throws; may be repeated. */
    @Override
    public void close() {
        close(false);
    }

    /**
     * Sends what was written and DISCONNECT, waits for the broker to hang up, and ends the thread.
     *
     * @param endSession whether the broker shall forget the session (MQTT 5)
     * @return whether the connection was still there
     */
    boolean close(boolean endSession) {
        boolean live = !over.getAndSet(true) && channel != null && channel.isActive();
        if (live) {
            // Closing with bytes unread would reset the connection, and the broker would lose
            // acknowledgements that it has not yet read.
            execute(() -> handler.gate().set(true));
            channel.writeAndFlush(Packets.disconnect(settings.version(), 0, endSession));
            if (!thread.isCurrent()) {
                channel.closeFuture().awaitUninterruptibly(FAREWELL_MILLIS);
            }
        }
        thread.close();
        return live;
    }
}
