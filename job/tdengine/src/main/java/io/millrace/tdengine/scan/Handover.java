package io.millrace.tdengine.scan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands what one thread reads to another, which may be called away while it waits. Thread-safe.
 *
 * @param <T> what is handed over
 */
final class Handover<T> {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private final ArrayDeque<T> waiting = new ArrayDeque<>();

    private boolean woken;
    private boolean abandoned;

    Handover(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Hands something over, when there is room.
     *
     * @return false if nobody takes it any more
     */
    boolean put(T element) {
        lock.lock();
        try {
            while (waiting.size() >= capacity && !abandoned) {
                changed.awaitUninterruptibly();
            }
            if (!abandoned) {
                waiting.add(element);
                changed.signalAll();
            }
            return !abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Hands something over whether there is room or not, before what waits. */
    void putFirst(T element) {
        lock.lock();
        try {
            waiting.addFirst(element);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is next.
     *
     * @return null if there was nothing for so long or the caller was called away
     */
    T take(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            T taken = waiting.poll();
            changed.signalAll();
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Calls the taking thread away, now or when it waits next. */
    void wakeUp() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing will be taken any more; a putting thread is let go. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isAbandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }
}
