package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks whether the answer to CONNECT is that of a broker that does not speak MQTT 5: it lacks the
 * properties, for which netty's decoder would wait. Goes away after the first bytes.
 */
final class OlderBroker extends ChannelInboundHandlerAdapter {
    private static final int CONNACK = 0x20;
    private static final int LENGTH_WITHOUT_PROPERTIES = 2;
    private static final int WHOLE = 4;

    private final Refusals refusals;

    OlderBroker(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.pipeline().remove(this);
        if (message instanceof ByteBuf bytes && isOld(bytes)) {
            bytes.release();
            context.pipeline()
                    .get(PacketHandler.class)
                    .end(refusals.unsupportedProtocol("5", "3.1.1", null), 0);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isOld(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() >= WHOLE
                && bytes.getUnsignedByte(at) == CONNACK
                && bytes.getUnsignedByte(at + 1) == LENGTH_WITHOUT_PROPERTIES;
    }
}
