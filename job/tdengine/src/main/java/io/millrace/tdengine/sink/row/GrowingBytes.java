package io.millrace.tdengine.sink.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing bytes into which rows, SQL text (UTF-8) and messages are written without an object per
 * value. Numbers are little-endian. Reused from batch to batch. Not thread-safe.
 */
public final class GrowingBytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;

    public GrowingBytes(int initialCapacity) {
        bytes = new byte[Math.max(64, initialCapacity)];
    }

    public int length() {
        return length;
    }

    /** The bytes written, from index 0 to {@link #length()}; valid until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    /** Forgets everything from a position on. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public void clear() {
        length = 0;
    }

    public void append(byte value) {
        ensure(1);
        bytes[length++] = value;
    }

    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    public void append(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    public void appendInt(int value) {
        ensure(Integer.BYTES);
        putInt(length, value);
        length += Integer.BYTES;
    }

    public void appendLong(long value) {
        ensure(Long.BYTES);
        putLong(length, value);
        length += Long.BYTES;
    }

    /** Appends a text that holds no character beyond ASCII. */
    public void appendAscii(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
    }

    /** Copies a part of this buffer to its end. */
    public void appendOwn(int from, int to) {
        int count = to - from;
        ensure(count);
        System.arraycopy(bytes, from, bytes, length, count);
        length += count;
    }

    /** Makes room for some more bytes. */
    public void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Overwrites a part that was written before or that {@link #ensure} made. */
    public void putShort(int position, int value) {
        SHORTS.set(bytes, position, (short) value);
    }

    /** Overwrites a part that was written before or that {@link #ensure} made. */
    public void putInt(int position, int value) {
        INTS.set(bytes, position, value);
    }

    /** Overwrites a part that was written before or that {@link #ensure} made. */
    public void putLong(int position, long value) {
        LONGS.set(bytes, position, value);
    }

    /** Reads a number that was appended. */
    public static int intAt(byte[] bytes, int position) {
        return (int) INTS.get(bytes, position);
    }

    /** Reads a number that was appended. */
    public static long longAt(byte[] bytes, int position) {
        return (long) LONGS.get(bytes, position);
    }

    /** A copy of a part. */
    public byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
