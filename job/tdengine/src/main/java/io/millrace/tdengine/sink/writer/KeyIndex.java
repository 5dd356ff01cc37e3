package io.millrace.tdengine.sink.writer;

import java.util.Arrays;

/** Finds rows by table and time without an object per row. Open addressing; not thread-safe. */
final class KeyIndex {
    private static final int NONE = -1;

    private int[] slots = new int[1024];
    private int used;

    KeyIndex() {
        Arrays.fill(slots, NONE);
    }

    /** Decides whether a row that may be equal is. */
    @FunctionalInterface
    interface Equality {
        boolean isEqual(int row);
    }

    /** Says the hash of a row, for growing. */
    @FunctionalInterface
    interface Hashes {
        int hash(int row);
    }

    static int hash(int table, long time) {
        long mixed = (time + table * 0x9E3779B97F4A7C15L) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 32);
    }

    /** The slot of an equal row, or a free one. */
    int slot(int hash, Equality equality) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != NONE && !equality.isEqual(slots[slot])) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The row in a slot, -1 if it is free. */
    int row(int slot) {
        return slots[slot];
    }

    void put(int slot, int row, Hashes hashes) {
        boolean isNew = slots[slot] == NONE;
        slots[slot] = row;
        if (isNew && ++used * 2 > slots.length) {
            grow(hashes);
        }
    }

    private void grow(Hashes hashes) {
        int[] old = slots;
        slots = new int[old.length * 2];
        Arrays.fill(slots, NONE);
        for (int row : old) {
            if (row != NONE) {
                slots[slot(hashes.hash(row), other -> false)] = row;
            }
        }
    }

    void clear() {
        if (used > 0) {
            Arrays.fill(slots, NONE);
            used = 0;
        }
    }
}
