package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/** Takes bytes out of binary frames and puts them into such. Where frames end means nothing. */
final class WebSocketBytes extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
    /** Brokers limit frames; Artemis takes 64 KiB. */
    private static final int LONGEST_FRAME = 32 << 10;

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> frames) {
        while (bytes.readableBytes() > LONGEST_FRAME) {
            frames.add(new BinaryWebSocketFrame(bytes.readRetainedSlice(LONGEST_FRAME)));
        }
        frames.add(new BinaryWebSocketFrame(bytes.readRetainedSlice(bytes.readableBytes())));
    }

    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> bytes) {
        if (frame instanceof TextWebSocketFrame) {
            throw new CorruptedFrameException("a text frame came, which MQTT does not know");
        }
        if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            bytes.add(frame.content().retain());
        }
    }
}
