package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing bytes into which SQL text is written, UTF-8, without an object per value. Reused from
 * batch to batch. Not thread-safe.
 */
public final class SqlBuffer {
    private byte[] bytes;
    private int length;

    public SqlBuffer(int initialCapacity) {
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

    /** Appends a text that holds no character beyond ASCII. */
    public void appendAscii(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
    }

    public void appendUtf8(String text) {
        append(text.getBytes(StandardCharsets.UTF_8));
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

    /** A copy of a part. */
    public byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
