package io.millrace.mqtt.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Opens a channel to one address: TCP, then TLS and a WebSocket as the address says, then MQTT. */
final class Transport {
    /**
     * Reads go into direct memory and what has to wait for its rest into the heap: a packet may be
     * longer than all direct memory that Flink leaves.
     */
    private static final ByteBufAllocator BUFFERS = new PooledByteBufAllocator(false);

    private static final String SUBPROTOCOL = "mqtt";

    /** What MQTT allows in one packet, and some for what goes with it in a frame. */
    private static final int LONGEST_FRAME = 257 << 20;

    private static final int LONGEST_HANDSHAKE = 64 << 10;
    private static final int FIRST_READ = 16 << 10;

    /** What one read may bring, which is also what comes after a client was told to pause. */
    private static final int LONGEST_READ = 128 << 10;

    /** Client ids go the other way. */
    private static final int ANY_CLIENT_ID = 65_535;

    private final ConnectionSettings settings;
    private final String address;
    private final Refusals refusals;
    private final URI uri;

    /**
     * @param address a normalized one
     */
    Transport(ConnectionSettings settings, String address, Refusals refusals) {
        this.settings = settings;
        this.address = address;
        this.refusals = refusals;
        this.uri = URI.create(address);
    }

    /**
     * Begins to connect.
     *
     * @param handler the last in the pipeline; also told that the connection was not made
     * @param created given the channel before anything happens on it
     * @throws MqttFailure if TLS cannot be set up
     */
    ChannelFuture open(EventLoopGroup group, PacketHandler handler, Consumer<Channel> created)
            throws MqttFailure {
        SSLContext tls = BrokerAddress.isTls(address) ? TlsContext.of(settings.tls()) : null;
        int timeout = (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis());
        ChannelFuture connecting =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.ALLOCATOR, BUFFERS)
                        .option(
                                ChannelOption.RCVBUF_ALLOCATOR,
                                // One read, one list of messages: a pause takes effect after it.
                                new AdaptiveRecvByteBufAllocator(1 << 10, FIRST_READ, LONGEST_READ)
                                        .maxMessagesPerRead(1))
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        created.accept(channel);
                                        fill(channel.pipeline(), tls, timeout, handler);
                                    }
                                })
                        .connect(host(), uri.getPort());
        connecting.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        handler.end(refusals.network("Connecting to", done.cause()), 0);
                    }
                });
        return connecting;
    }

    private void fill(
            ChannelPipeline pipeline, SSLContext tls, int timeoutMillis, PacketHandler handler) {
        pipeline.addLast(handler.gate());
        if (tls != null) {
            SslHandler ssl = new SslHandler(engine(tls));
            ssl.setHandshakeTimeoutMillis(timeoutMillis);
            pipeline.addLast(ssl);
        }
        if (BrokerAddress.isWebSocket(address)) {
            pipeline.addLast(
                    new HttpClientCodec(),
                    new HttpObjectAggregator(LONGEST_HANDSHAKE),
                    new WebSocketClientProtocolHandler(
                            WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(uri)
                                    .subprotocol(SUBPROTOCOL)
                                    .version(WebSocketVersion.V13)
                                    .maxFramePayloadLength(LONGEST_FRAME)
                                    // DISCONNECT says all that there is to say.
                                    .sendCloseFrame(null)
                                    .handshakeTimeoutMillis(timeoutMillis)
                                    .build()),
                    new WebSocketBytes());
        }
        if (settings.version() == ProtocolVersion.V5) {
            pipeline.addLast(new OlderBroker(refusals));
        }
        pipeline.addLast(
                // Brokers see to it that texts are UTF-8.
                new MqttDecoder(settings.maxPacketSize(), ANY_CLIENT_ID, false),
                MqttEncoder.INSTANCE,
                handler);
    }

    private SSLEngine engine(SSLContext tls) {
        String wanted = settings.tls().serverName();
        String name = wanted == null ? host() : wanted;
        // The name here is what the certificate is checked against.
        SSLEngine engine = tls.createSSLEngine(name, uri.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (settings.tls().verifyHostname()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        askFor(name, parameters);
        if (!settings.tls().alpn().isEmpty()) {
            parameters.setApplicationProtocols(settings.tls().alpn().toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The JDK asks by itself only for names that have a dot. */
    private static void askFor(String name, SSLParameters parameters) {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return;
        }
        try {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        } catch (IllegalArgumentException e) {
            // Such as one with an underscore, which TLS does not know but networks do.
        }
    }

    /** Without the brackets of an IPv6 address. */
    private String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
