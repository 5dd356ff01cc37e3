package io.millrace.mqtt.source.reader;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells the task's thread that there is something to do. Any thread signals; the task's thread arms
 * it, looks whether there is something to do already, and waits for the future if not.
 */
final class Availability {
    static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final AtomicReference<CompletableFuture<Void>> armed = new AtomicReference<>(NOW);

    /** Returns a future that the next signal completes. */
    CompletableFuture<Void> arm() {
        CompletableFuture<Void> current = armed.get();
        if (!current.isDone()) {
            return current;
        }
        CompletableFuture<Void> fresh = new CompletableFuture<>();
        armed.set(fresh);
        return fresh;
    }

    /** There is something to do. */
    void signal() {
        armed.get().complete(null);
    }
}
