package io.millrace.it;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered messages at a steady rate, beside the test, until it has had enough: {@code {"s": 0}},
 * {@code {"s": 1}}, … over twenty devices, with QoS 1.
 */
final class Load {
    private static final int DEVICES = 20;
    private static final int STEPS_PER_SECOND = 20;

    private final Devices devices;
    private final String topic;
    private volatile int published;
    private volatile boolean enough;
    private CompletableFuture<Void> running;
    private long begun;

    /**
     * @param topic with {@code %d} in the place of the device
     */
    Load(Devices devices, String topic) {
        this.devices = devices;
        this.topic = topic;
    }

    /** Begins, or begins again with the next number. */
    Load start(int perSecond) {
        enough = false;
        begun = System.nanoTime() - published * (1_000_000_000L / perSecond);
        running = CompletableFuture.runAsync(() -> publish(perSecond));
        return this;
    }

    private void publish(int perSecond) {
        try {
            while (!enough) {
                int step = perSecond / STEPS_PER_SECOND;
                int from = published;
                devices.publish(
                        step,
                        i -> topic.formatted(i % DEVICES),
                        i -> "{\"s\": %d}".formatted(from + i));
                published = from + step;
                long due = begun + published * (1_000_000_000L / perSecond);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How many the broker has taken so far. */
    int published() {
        if (running != null && running.isCompletedExceptionally()) {
            running.join();
        }
        return published;
    }

    /** How many a second these were. */
    long rate() {
        return published * 1_000_000_000L / (System.nanoTime() - begun);
    }

    /** Ends when there were at least so many. */
    Load end(int atLeast) throws Exception {
        while (published() < atLeast) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        enough = true;
        running.get(60, TimeUnit.SECONDS);
        return this;
    }
}
