package io.millrace.mqtt.client;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Sends a ping when nothing was sent or nothing came for half a keep-alive, and gives the
 * connection up when nothing came for one and a half. Silence counts only while the connection is
 * read: whoever does not listen hears nothing. A broker that has yet to read many acknowledgements
 * is given time for that: Mosquitto reads one packet a round, and answers a ping behind a million
 * of them late.
 *
 * <p>It counts its own ticks and looks at no clock, so that a process that was stopped for a while
 * does not take that for the broker's silence. The event loop's.
 */
final class KeepAlive {
    /** Ticks are half a keep-alive apart, and the first may come right after something was read. */
    private static final int TICKS_OF_SILENCE = 4;

    /** What the slowest broker reads: 5,000 acknowledgements. */
    private static final long BYTES_READ_PER_SECOND = 20_000;

    private final Runnable ping;
    private final BooleanSupplier reading;
    private final IntConsumer lost;
    private int seconds;
    private Future<?> ticks;
    private int silence;
    private boolean said;

    // What was sent in all, what of it before each ping that is out, and before the last answer.
    private long sentBytes;
    private long readBytes;
    private final Deque<Long> pings = new ArrayDeque<>();

    /**
     * @param reading whether anything could be heard
     * @param lost given the keep-alive in seconds
     */
    KeepAlive(Runnable ping, BooleanSupplier reading, IntConsumer lost) {
        this.ping = ping;
        this.reading = reading;
        this.lost = lost;
    }

    /** Begins; 0 seconds mean that the broker wants no pings. */
    void start(EventLoop thread, int seconds) {
        this.seconds = seconds;
        if (seconds > 0) {
            long half = TimeUnit.SECONDS.toMillis(seconds) / 2;
            ticks = thread.scheduleWithFixedDelay(this::tick, half, half, TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    /** Something came. */
    void heard() {
        silence = 0;
    }

    /** Something was sent. */
    void said(int bytes) {
        said = true;
        sentBytes += bytes;
    }

    /** A ping was sent. */
    void asked() {
        said = true;
        pings.addLast(sentBytes);
    }

    /** A ping was answered: the broker has read all before it. */
    void answered() {
        Long before = pings.pollFirst();
        readBytes = before == null ? readBytes : before;
    }

    /** How many ticks of silence are too many. */
    private long patience() {
        return TICKS_OF_SILENCE + (sentBytes - readBytes) * 2 / (BYTES_READ_PER_SECOND * seconds);
    }

    private void tick() {
        silence = reading.getAsBoolean() ? silence + 1 : 0;
        if (silence >= patience()) {
            lost.accept(seconds);
        } else if (!said || silence > 1) {
            ping.run();
            said = false;
        } else {
            said = false;
        }
    }
}
