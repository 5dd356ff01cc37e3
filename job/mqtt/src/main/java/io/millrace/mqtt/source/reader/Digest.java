package io.millrace.mqtt.source.reader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits that stand for a message's topic and payload. Part of the state's format: the same
 * message must have the same digest in all releases. Eight bytes are mixed in at a time, as in
 * MurmurHash. Stateless.
 */
final class Digest {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0xC6A4_A793_5BD1_E995L;
    private static final int SHIFT = 47;

    private Digest() {}

    static long of(String topic, byte[] payload) {
        // With the lengths, no part of one can pass for a part of the other.
        long hash = mix(topic.length(), payload.length);
        for (int i = 0; i < topic.length(); i++) {
            hash = (hash ^ topic.charAt(i)) * FACTOR;
        }
        int i = 0;
        for (; i + Long.BYTES <= payload.length; i += Long.BYTES) {
            hash = mix(hash, (long) LONGS.get(payload, i));
        }
        long rest = 0;
        for (; i < payload.length; i++) {
            rest = rest << Byte.SIZE | payload[i] & 0xFF;
        }
        hash = mix(hash, rest);
        hash ^= hash >>> SHIFT;
        hash *= FACTOR;
        return hash ^ hash >>> SHIFT;
    }

    private static long mix(long hash, long word) {
        long mixed = word * FACTOR;
        mixed ^= mixed >>> SHIFT;
        return (hash ^ mixed * FACTOR) * FACTOR;
    }
}
