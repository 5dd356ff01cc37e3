package io.millrace.functions.library;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hashes BLAKE2b (64 bytes) and BLAKE2s (32 bytes) of RFC 7693, without a key. Java has none.
 * One computation for both widths: the words of BLAKE2s are kept in the lower half of a long.
 */
final class Blake2 {
    private static final int WORDS = 16;
    private static final int[][] ORDER = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
    };

    /** The beginnings of the fractions of square roots of primes: those of SHA-512. */
    private static final long[] START = {
        0x6a09e667f3bcc908L,
        0xbb67ae8584caa73bL,
        0x3c6ef372fe94f82bL,
        0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L,
        0x9b05688c2b3e6c1fL,
        0x1f83d9abfb41bd6bL,
        0x5be0cd19137e2179L
    };

    private final int bytes;
    private final int rounds;
    private final int[] rotations;
    private final long[] start = new long[8];
    private final long[] state = new long[8];
    private final long[] work = new long[WORDS];
    private final long[] block = new long[WORDS];

    private Blake2(int bytes, int rounds, int... rotations) {
        this.bytes = bytes;
        this.rounds = rounds;
        this.rotations = rotations;
        for (int i = 0; i < 8; i++) {
            start[i] = bytes == Long.BYTES ? START[i] : START[i] >>> 32;
        }
    }

    /** BLAKE2b. */
    static byte[] b(byte[] data) {
        return new Blake2(Long.BYTES, 12, 32, 24, 16, 63).digest(data);
    }

    /** BLAKE2s. */
    static byte[] s(byte[] data) {
        return new Blake2(Integer.BYTES, 10, 16, 12, 8, 7).digest(data);
    }

    private byte[] digest(byte[] data) {
        System.arraycopy(start, 0, state, 0, 8);
        state[0] ^= 0x01010000 ^ bytes * 8;
        int size = bytes * WORDS;
        int at = 0;
        for (; at + size < data.length; at += size) {
            compress(data, at, at + size, false);
        }
        compress(Arrays.copyOfRange(data, at, at + size), 0, data.length, true);
        ByteBuffer digest = ByteBuffer.allocate(bytes * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : state) {
            if (bytes == Long.BYTES) {
                digest.putLong(word);
            } else {
                digest.putInt((int) word);
            }
        }
        return digest.array();
    }

    private void compress(byte[] data, int offset, int count, boolean last) {
        ByteBuffer words =
                ByteBuffer.wrap(data, offset, bytes * WORDS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < WORDS; i++) {
            block[i] = bytes == Long.BYTES ? words.getLong() : words.getInt() & 0xffffffffL;
        }
        System.arraycopy(state, 0, work, 0, 8);
        System.arraycopy(start, 0, work, 8, 8);
        work[12] ^= count;
        if (last) {
            work[14] = bytes == Long.BYTES ? ~work[14] : ~work[14] & 0xffffffffL;
        }
        for (int round = 0; round < rounds; round++) {
            int[] order = ORDER[round % ORDER.length];
            for (int i = 0; i < 4; i++) {
                mix(i, i + 4, i + 8, i + 12, block[order[2 * i]], block[order[2 * i + 1]]);
            }
            for (int i = 0; i < 4; i++) {
                mix(
                        i,
                        4 + (i + 1) % 4,
                        8 + (i + 2) % 4,
                        12 + (i + 3) % 4,
                        block[order[8 + 2 * i]],
                        block[order[9 + 2 * i]]);
            }
        }
        for (int i = 0; i < 8; i++) {
            state[i] ^= work[i] ^ work[i + 8];
        }
    }

    private void mix(int a, int b, int c, int d, long x, long y) {
        work[a] = word(work[a] + work[b] + x);
        work[d] = rotate(work[d] ^ work[a], rotations[0]);
        work[c] = word(work[c] + work[d]);
        work[b] = rotate(work[b] ^ work[c], rotations[1]);
        work[a] = word(work[a] + work[b] + y);
        work[d] = rotate(work[d] ^ work[a], rotations[2]);
        work[c] = word(work[c] + work[d]);
        work[b] = rotate(work[b] ^ work[c], rotations[3]);
    }

    private long word(long value) {
        return bytes == Long.BYTES ? value : value & 0xffffffffL;
    }

    private long rotate(long value, int distance) {
        return bytes == Long.BYTES
                ? Long.rotateRight(value, distance)
                : Integer.rotateRight((int) value, distance) & 0xffffffffL;
    }
}
