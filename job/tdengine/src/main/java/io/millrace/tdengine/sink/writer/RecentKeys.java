package io.millrace.tdengine.sink.writer;

import java.util.Arrays;

/**
 * Remembers the keys of the rows that were written last, by a hash of 64 bits: two different keys
 * are taken for one once in many million million rows. Not thread-safe.
 */
final class RecentKeys {
    private final long[] order;
    private final long[] slots;
    private final int mask;
    private int next;

    /**
     * Remembers nothing yet.
     *
     * @param capacity how many keys are remembered, a power of two
     */
    RecentKeys(int capacity) {
        this.order = new long[capacity];
        this.slots = new long[capacity * 2];
        this.mask = slots.length - 1;
    }

    /** Remembers a key and forgets the oldest; false if it was known. */
    boolean add(long hash) {
        // 0 marks a free slot.
        long key = hash == 0 ? 1 : hash;
        int slot = slot(key);
        if (slots[slot] == key) {
            return false;
        }
        if (order[next] != 0) {
            remove(order[next]);
            slot = slot(key);
        }
        slots[slot] = key;
        order[next] = key;
        next = next + 1 == order.length ? 0 : next + 1;
        return true;
    }

    /** All that are remembered, oldest first. */
    long[] all() {
        long[] keys = new long[order.length];
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            long key = order[(next + i) % order.length];
            if (key != 0) {
                keys[count++] = key;
            }
        }
        return Arrays.copyOf(keys, count);
    }

    private int slot(long key) {
        int slot = home(key);
        while (slots[slot] != 0 && slots[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) (key >>> 32) & mask;
    }

    /** Closes the gap, so that what was put behind is still found. */
    private void remove(long key) {
        int gap = slot(key);
        int slot = gap;
        while (true) {
            slot = slot + 1 & mask;
            if (slots[slot] == 0) {
                break;
            }
            int home = home(slots[slot]);
            boolean mayMove = (slot - home & mask) >= (slot - gap & mask);
            if (mayMove) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }
}
