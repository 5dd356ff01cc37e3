package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last in a channel's pipeline: shakes hands, tells the {@link PacketListener} what comes, and
 * keeps the connection alive. One for each attempt to connect. The event loop's, but for {@link
 * #opened()}.
 */
final class PacketHandler extends ChannelDuplexHandler {
    /** A number for the keep-alive's pings. */
    private static final long NOBODY_ASKED = 0;

    private final ConnectionSettings settings;
    private final MqttMessage connect;
    private final long askedExpiry;
    private final String address;
    private final Refusals refusals;
    private final AtomicBoolean over;
    private final PacketListener listener;
    private final CompletableFuture<NettyConnection.Accepted> opened = new CompletableFuture<>();
    private final Deque<Long> pings = new ArrayDeque<>();
    private final ReadGate gate = new ReadGate(System::nanoTime);
    private final KeepAlive keepAlive =
            new KeepAlive(() -> ping(NOBODY_ASKED), gate::isOpen, this::silent);
    private ChannelHandlerContext context;

    /**
     * @param over set by whoever ends the connection first
     */
    PacketHandler(
            ConnectionSettings settings,
            MqttMessage connect,
            long askedExpiry,
            String address,
            Refusals refusals,
            AtomicBoolean over,
            PacketListener listener) {
        this.settings = settings;
        this.connect = connect;
        this.askedExpiry = askedExpiry;
        this.address = address;
        this.refusals = refusals;
        this.over = over;
        this.listener = listener;
    }

    /** Completes with CONNACK, or exceptionally with a {@link MqttFailure}. */
    CompletableFuture<NettyConnection.Accepted> opened() {
        return opened;
    }

    /** Where reading can be paused; to be put before all else in the pipeline. */
    ReadGate gate() {
        return gate;
    }

    /** Sends PINGREQ; the listener is told the answer. */
    void ping(long number) {
        pings.addLast(number);
        keepAlive.asked();
        context.writeAndFlush(MqttMessage.PINGREQ);
    }

    private void silent(int seconds) {
        end(refusals.silent(seconds), 0);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!BrokerAddress.isWebSocket(address)) {
            // With TLS it waits in there for the handshake.
            sendConnect();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            sendConnect();
        } else if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            end(network(tls.cause()), 0);
        }
    }

    private void sendConnect() {
        context.writeAndFlush(connect)
                .addListener(
                        sent -> {
                            if (!sent.isSuccess()) {
                                end(network(sent.cause()), 0);
                            }
                        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        try {
            keepAlive.heard();
            if (!over.get()) {
                read((MqttMessage) packet);
            }
        } catch (MqttFailure e) {
            end(e, ReasonCode.PROTOCOL_ERROR);
        } catch (RuntimeException e) {
            end(MqttFailure.permanent("Client failed: " + e, e), 0);
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void read(MqttMessage packet) throws MqttFailure {
        if (packet.decoderResult().isFailure()) {
            undecodable(packet.decoderResult().cause());
            return;
        }
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> listener.onPublish((MqttPublishMessage) packet);
            case PUBACK -> puback((MqttMessageIdVariableHeader) packet.variableHeader());
            case PINGRESP -> pingresp();
            case SUBACK -> {
                MqttSubAckMessage answer = (MqttSubAckMessage) packet;
                listener.onSuback(
                        answer.variableHeader().messageId(), answer.payload().reasonCodes());
            }
            case UNSUBACK ->
                    listener.onUnsuback(
                            ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
            case CONNACK -> connack(((MqttConnAckMessage) packet).variableHeader());
            case DISCONNECT -> disconnect(packet.variableHeader());
            default ->
                    end(
                            refusals.protocol("sent " + packet.fixedHeader().messageType()),
                            ReasonCode.PROTOCOL_ERROR);
        }
    }

    private void connack(MqttConnAckVariableHeader answer) {
        int code = answer.connectReturnCode().byteValue() & 0xFF;
        listener.onConnack(code, answer.properties());
        if (code != 0) {
            end(
                    settings.version() == ProtocolVersion.V5
                            ? refusals.connect5(code, said(answer.properties()), null)
                            : refusals.connect3(code, null),
                    0);
            return;
        }
        NettyConnection.Accepted accepted =
                Packets.accepted(answer, settings, askedExpiry, address);
        if (opened.complete(accepted)) {
            keepAlive.start(context.channel().eventLoop(), accepted.keepAliveSeconds());
        } else {
            // Or it comes too late, and nobody will read this.
            end(refusals.protocol("sent a second CONNACK"), ReasonCode.PROTOCOL_ERROR);
        }
    }

    private void puback(MqttMessageIdVariableHeader answer) {
        int code = 0;
        String reason = null;
        if (answer instanceof MqttPubReplyMessageVariableHeader full) {
            code = full.reasonCode() & 0xFF;
            reason = Packets.text(full.properties(), MqttPropertyType.REASON_STRING);
        }
        listener.onPuback(answer.messageId(), code, reason);
    }

    private void pingresp() {
        keepAlive.answered();
        Long number = pings.pollFirst();
        if (number != null && number != NOBODY_ASKED) {
            listener.onPingresp(number);
        }
    }

    private void disconnect(Object header) {
        int code = 0;
        Refusals.Said said = Refusals.Said.NOTHING;
        if (header instanceof MqttReasonCodeAndPropertiesVariableHeader full) {
            code = full.reasonCode() & 0xFF;
            said = said(full.properties());
        }
        end(refusals.disconnect(code, said, null), 0);
    }

    private static Refusals.Said said(MqttProperties properties) {
        return new Refusals.Said(
                Packets.text(properties, MqttPropertyType.REASON_STRING),
                Packets.text(properties, MqttPropertyType.SERVER_REFERENCE));
    }

    private void undecodable(Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            end(refusals.tooLong(settings.maxPacketSize(), cause), ReasonCode.PACKET_TOO_LARGE);
        } else {
            end(refusals.malformed(cause), ReasonCode.MALFORMED_PACKET);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!over.get()) {
            try {
                listener.readComplete();
            } catch (RuntimeException e) {
                end(MqttFailure.permanent("Client failed: " + e, e), 0);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!over.get()) {
            listener.writabilityChanged();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) {
        keepAlive.said(packet instanceof ByteBuf bytes ? bytes.readableBytes() : 0);
        context.write(packet, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        keepAlive.stop();
        end(refusals.closed(opened.isDone()), 0);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(network(cause), 0);
    }

    private MqttFailure network(Throwable cause) {
        return refusals.network(opened.isDone() ? "The connection to" : "Connecting to", cause);
    }

    /**
     * The connection is over: tells whoever is concerned, if anybody still is, and closes the
     * channel.
     *
     * @param code what to tell a broker of MQTT 5; 0 for nothing
     */
    void end(MqttFailure cause, int code) {
        keepAlive.stop();
        boolean wasOpen = opened.isDone() && !opened.isCompletedExceptionally();
        if (!wasOpen) {
            opened.completeExceptionally(cause);
        } else if (!over.getAndSet(true)) {
            listener.closed(cause);
            if (code != 0 && settings.version() == ProtocolVersion.V5) {
                context.writeAndFlush(Packets.disconnect(settings.version(), code, false));
            }
        }
        if (context != null) {
            context.close();
        }
    }
}
