package io.millrace.devkit.tdengine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;

/**
 * One connection: HTTP first, WebSocket if the client asks for it. Its methods run on the
 * connection's event loop; statements run on other threads, in order.
 */
final class HttpGateway extends SimpleChannelInboundHandler<Object> {
    private static final int MAXIMUM_FRAME = 128 << 20;

    private final DevelopmentServices services;
    private final Executor inOrder;
    private WebSocketServerHandshaker handshaker;
    private WebSocketSession session;

    HttpGateway(DevelopmentServices services) {
        super(false);
        this.services = services;
        this.inOrder = new InOrder(services.threads());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (services.gate().accepts()) {
            services.gate().opened(context.channel());
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        services.gate().closed(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a broken connection or a broken message; either way it is over
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request) {
            try {
                http(context, request);
            } finally {
                ReferenceCountUtil.release(request);
            }
        } else if (message instanceof WebSocketFrame frame) {
            frame(context, frame);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void http(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (request.headers().contains(HttpHeaderNames.UPGRADE, "websocket", true)) {
            upgrade(context, request, uri);
        } else if (uri.path().equals("/-/ping")) {
            answer(context, 200, "", HttpUtil.isKeepAlive(request));
        } else {
            rest(context, request, uri);
        }
    }

    private void upgrade(
            ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        String token = parameter(uri, "token");
        if (!uri.path().equals("/ws")) {
            answer(context, 404, "", false);
            return;
        }
        boolean tokenGiven = token != null && services.credentials().isToken(token);
        if (token != null && services.credentials().token() != null && !tokenGiven) {
            answer(context, 401, "", false);
            return;
        }
        handshaker =
                new WebSocketServerHandshakerFactory(
                                "ws://" + request.headers().get(HttpHeaderNames.HOST) + "/ws",
                                null,
                                false,
                                MAXIMUM_FRAME)
                        .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        session =
                new WebSocketSession(
                        context.channel(),
                        services.engine(),
                        services.credentials(),
                        services.gate(),
                        tokenGiven);
        handshaker.handshake(context.channel(), request);
    }

    private void frame(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            String message = text.text();
            frame.release();
            run(context, () -> session.text(message));
        } else if (frame instanceof BinaryWebSocketFrame) {
            byte[] bytes = new byte[frame.content().readableBytes()];
            frame.content().readBytes(bytes);
            frame.release();
            run(context, () -> session.binary(bytes));
        } else if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            handshaker.close(context.channel(), close);
        } else {
            frame.release();
        }
    }

    /** Requests of a connection that is closed meanwhile are dropped. */
    private void run(ChannelHandlerContext context, Runnable task) {
        inOrder.execute(
                () -> {
                    try {
                        services.gate().request();
                        if (context.channel().isActive()) {
                            task.run();
                        }
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException broken) {
                        context.fireExceptionCaught(broken);
                        context.close();
                    }
                });
    }

    private void rest(
            ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
        String zone = parameter(uri, "tz");
        RestHandler.Request rest =
                new RestHandler.Request(
                        uri.path(),
                        parameter(uri, "token"),
                        zone == null ? parameter(uri, "conn_tz") : zone,
                        "true".equals(parameter(uri, "row_with_meta")),
                        request.headers().get(HttpHeaderNames.AUTHORIZATION),
                        body(request));
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        run(
                context,
                () -> {
                    RestHandler.Response response = services.rest().handle(rest);
                    if (response.cut()) {
                        context.close();
                    } else if (!response.silent()) {
                        answer(context, response.status(), response.body().toString(), keepAlive);
                    }
                });
    }

    private static String body(FullHttpRequest request) {
        byte[] bytes = new byte[request.content().readableBytes()];
        request.content().getBytes(request.content().readerIndex(), bytes);
        if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING, "gzip", true)) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readAllBytes();
            } catch (IOException broken) {
                return "";
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.get(0);
    }

    private static void answer(
            ChannelHandlerContext context, int status, String body, boolean keepAlive) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        if (keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            context.writeAndFlush(response);
        } else {
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
