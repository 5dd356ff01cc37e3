package io.millrace.mqtt.client;

import io.millrace.common.NettyMemory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a connection. It ends with {@link #close}: a thread that outlived its job would
 * keep the job's classes in memory.
 */
final class EventThread implements AutoCloseable {
    private static final long END_MILLIS = 2_000;

    private final EventLoopGroup group;

    // Written by whoever starts it, read by any.
    private volatile Thread thread;

    EventThread(String clientId) {
        NettyMemory.limit();
        ThreadFactory factory =
                task -> {
                    thread = new FastThreadLocalThread(task, "mqtt-client-" + clientId);
                    thread.setDaemon(true);
                    return thread;
                };
        group = new NioEventLoopGroup(1, factory);
    }

    EventLoopGroup group() {
        return group;
    }

    /** Whether the caller is this thread, which must not wait for itself. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Drops what is open and ends it; returns when it has ended, or after two seconds. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        if (isCurrent()) {
            return;
        }
        try {
            group.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
