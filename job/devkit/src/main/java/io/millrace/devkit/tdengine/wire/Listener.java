package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.engine.Engine;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The listening socket and the threads behind it. */
public final class Listener implements AutoCloseable {
    private static final int MAXIMUM_BODY = 64 << 20;

    private final EventLoopGroup eventLoops;
    private final ExecutorService threads;
    private final Channel channel;

    /**
     * Begins to listen.
     *
     * @param port the port, 0 for any free one
     * @throws IOException if the port is taken
     */
    public Listener(String host, int port, Engine engine, Credentials credentials, Gate gate)
            throws IOException {
        AtomicInteger number = new AtomicInteger();
        threads =
                Executors.newCachedThreadPool(
                        task -> daemon(task, "tdengine-development-" + number.incrementAndGet()));
        ThreadFactory loopThreads =
                task -> daemon(task, "tdengine-development-io-" + number.incrementAndGet());
        eventLoops = new NioEventLoopGroup(2, loopThreads);
        RestHandler rest = new RestHandler(engine, credentials, gate);
        DevelopmentServices services =
                new DevelopmentServices(engine, credentials, gate, rest, threads);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(eventLoops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel child) {
                                        child.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpObjectAggregator(MAXIMUM_BODY))
                                                .addLast(new HttpGateway(services));
                                    }
                                });
        var binding = bootstrap.bind(host, port).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            close(null);
            throw new IOException(
                    "Cannot listen on " + host + ":" + port + ". Is the port taken?",
                    binding.cause());
        }
        channel = binding.channel();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        close(channel);
    }

    private void close(Channel listening) {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        threads.shutdown(); // no interrupt, which would break the files of H2
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A statement does not end");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
