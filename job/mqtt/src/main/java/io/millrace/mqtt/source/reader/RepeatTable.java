package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Packet ids and digests in the order in which they were added, to be found by packet id. Each has
 * a place, counted from 1. A ring of arrays, so that nothing is allocated for a message; it grows
 * as need be, up to a bound at which the oldest entries are forgotten. Not thread-safe.
 */
final class RepeatTable {
    /**
     * Several times what may be held without an acknowledgement. A broker that does not read
     * acknowledgements for long has more under way; 10 bytes each go into the state.
     */
    static final int MOST = 1 << 18;

    private static final int PACKET_IDS = 1 << 16;

    // By place, modulo their length, which is a power of two.
    private char[] packetIds = new char[1 << 10];
    private long[] digests = new long[packetIds.length];
    // The place before with the same packet id.
    private long[] previous = new long[packetIds.length];
    private BitSet live = new BitSet(packetIds.length);

    // The newest place of each packet id; it may be gone.
    private final long[] newest = new long[PACKET_IDS];

    // No place before the first one is live.
    private long first = 1;
    private long last;

    void add(int packetId, long digest) {
        if (last - first + 1 == packetIds.length) {
            makeRoom();
        }
        last++;
        int slot = slot(last);
        packetIds[slot] = (char) packetId;
        digests[slot] = digest;
        previous[slot] = newest[packetId];
        newest[packetId] = last;
        live.set(slot);
    }

    /** The place of the entry that was added last. */
    long last() {
        return last;
    }

    /** Removes one such entry, if there is one. */
    boolean remove(int packetId, long digest) {
        for (long place = newest[packetId]; place >= first; place = previous[slot(place)]) {
            if (live.get(slot(place)) && digests[slot(place)] == digest) {
                live.clear(slot(place));
                skipGone();
                return true;
            }
        }
        return false;
    }

    /** Removes the entries of a packet id before a place. */
    void removeBefore(long end, int packetId) {
        for (long place = newest[packetId]; place >= first; place = previous[slot(place)]) {
            if (place < end) {
                live.clear(slot(place));
            }
        }
        skipGone();
    }

    /** Removes all entries from one place to another, both included. */
    void removeRange(long from, long to) {
        for (long place = Math.max(from, first); place <= Math.min(to, last); place++) {
            live.clear(slot(place));
        }
        skipGone();
    }

    /** Whether there is an entry before a place. */
    boolean hasBefore(long end) {
        // The first place is live, if any is.
        return first < end && first <= last;
    }

    UnconfirmedMessages unconfirmed() {
        int count = live.cardinality();
        if (count == 0) {
            return UnconfirmedMessages.NONE;
        }
        char[] ids = new char[count];
        long[] entries = new long[count];
        int at = 0;
        for (long place = first; place <= last; place++) {
            if (live.get(slot(place))) {
                ids[at] = packetIds[slot(place)];
                entries[at++] = digests[slot(place)];
            }
        }
        return new UnconfirmedMessages(ids, entries);
    }

    private int slot(long place) {
        return (int) place & packetIds.length - 1;
    }

    private void skipGone() {
        while (first <= last && !live.get(slot(first))) {
            first++;
        }
    }

    private void makeRoom() {
        if (packetIds.length == MOST) {
            live.clear(slot(first));
            skipGone();
            return;
        }
        int length = packetIds.length;
        BitSet wider = new BitSet(2 * length);
        for (long place = first; place <= last; place++) {
            wider.set((int) place & 2 * length - 1, live.get(slot(place)));
        }
        live = wider;
        packetIds = widen(packetIds);
        digests = widen(digests);
        previous = widen(previous);
    }

    /** Each place is in the lower or the upper half now; which, does not matter for the other. */
    private static char[] widen(char[] ring) {
        char[] wider = Arrays.copyOf(ring, 2 * ring.length);
        System.arraycopy(ring, 0, wider, ring.length, ring.length);
        return wider;
    }

    private static long[] widen(long[] ring) {
        long[] wider = Arrays.copyOf(ring, 2 * ring.length);
        System.arraycopy(ring, 0, wider, ring.length, ring.length);
        return wider;
    }
}
