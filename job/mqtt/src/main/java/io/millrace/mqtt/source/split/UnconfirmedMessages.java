package io.millrace.mqtt.source.split;

import java.util.Arrays;

/**
 * QoS 1 messages that have been emitted and of which the broker may not know that: their packet ids
 * and digests. Immutable.
 */
public final class UnconfirmedMessages {
    public static final UnconfirmedMessages NONE =
            new UnconfirmedMessages(new char[0], new long[0]);

    private final char[] packetIds;
    private final long[] digests;

    /** The arrays are of one length and become the object's. */
    public UnconfirmedMessages(char[] packetIds, long[] digests) {
        if (packetIds.length != digests.length) {
            throw new IllegalArgumentException(
                    packetIds.length + " packet ids and " + digests.length + " digests");
        }
        this.packetIds = packetIds;
        this.digests = digests;
    }

    public int count() {
        return packetIds.length;
    }

    public int packetId(int index) {
        return packetIds[index];
    }

    public long digest(int index) {
        return digests[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnconfirmedMessages that
                && Arrays.equals(packetIds, that.packetIds)
                && Arrays.equals(digests, that.digests);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(packetIds) + Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return packetIds.length + " unconfirmed messages";
    }
}
