package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides when a channel reads; the first in its pipeline. Its owner pauses and resumes. Besides,
 * it gathers: a broker writes each message to the socket by itself, and whoever reads them as they
 * come spends both sides' time on reading. So when small reads come fast, each waits for {@value
 * #GATHER_MILLIS} ms, while the socket collects.
 *
 * <p>It does not gather soon after something was sent, since a broker that waits for an answer
 * would go on only that much later: publishing, and acknowledging message by message, go at full
 * speed.
 *
 * <p>The event loop's.
 */
final class ReadGate extends ChannelDuplexHandler {
    /** With 1 to 3 ms, Mosquitto often stays at half of the speed that it has with 5. */
    private static final long GATHER_MILLIS = 5;

    /** How close two reads must be to begin, and how soon after a wait the next to go on. */
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long a broker may take to answer what was sent. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Reads of this size are worth their while. */
    private static final int LARGE_BYTES = 32 << 10;

    private final LongSupplier nanoTime;
    private ChannelHandlerContext context;
    private boolean open = true;
    private boolean gathers = true;
    private boolean gathering;
    private long readBytes;
    private long readyToRead;
    private long lastWrite;

    /** A gate that is open. */
    ReadGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.readyToRead = nanoTime.getAsLong();
        this.lastWrite = readyToRead;
    }

    /** Reads, or leaves that; what the current read brings still comes. */
    void set(boolean open) {
        this.open = open;
        apply();
    }

    /** Has it read what comes as it comes; to be called before it is used. */
    void doNotGather() {
        gathers = false;
    }

    /** Whether its owner wants to read. */
    boolean isOpen() {
        return open;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        readBytes += ((ByteBuf) bytes).readableBytes();
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        long now = nanoTime.getAsLong();
        boolean fast = now - readyToRead < FAST_NANOS;
        boolean answer = now - lastWrite < ANSWER_NANOS;
        boolean small = readBytes < LARGE_BYTES;
        readBytes = 0;
        readyToRead = now;
        context.fireChannelReadComplete();
        if (gathers && fast && small && !answer) {
            gathering = true;
            apply();
            context.executor().schedule(this::gathered, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void gathered() {
        gathering = false;
        readyToRead = nanoTime.getAsLong();
        apply();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        lastWrite = nanoTime.getAsLong();
        context.flush();
    }

    private void apply() {
        context.channel().config().setAutoRead(open && !gathering);
    }
}
