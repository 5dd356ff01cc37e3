package io.millrace.functions.value;

import java.util.Arrays;

/** Bits that are no whole number of bytes; whole bytes are text or {@link Bytes}. Immutable. */
public final class Bits {
    private final byte[] bytes;
    private final int count;

    private Bits(byte[] bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /**
     * Returns bits as a value: text or {@link Bytes} if they are whole bytes.
     *
     * @param bytes the bits from the most significant of the first byte; those behind the last are
     *     zero; not to be changed afterwards
     * @param count how many bits
     */
    public static Object value(byte[] bytes, int count) {
        return count % 8 == 0 ? Bytes.value(bytes) : new Bits(bytes, count);
    }

    /** The bits from the most significant of the first byte, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bits. */
    public int count() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits that
                && count == that.count
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + count;
    }

    /** The bits as Erlang writes them: whole bytes, then value and size of the rest. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<<");
        int whole = count / 8;
        for (int i = 0; i < whole; i++) {
            text.append(bytes[i] & 0xff).append(',');
        }
        int rest = count % 8;
        return text.append((bytes[whole] & 0xff) >> (8 - rest))
                .append(':')
                .append(rest)
                .append(">>")
                .toString();
    }
}
