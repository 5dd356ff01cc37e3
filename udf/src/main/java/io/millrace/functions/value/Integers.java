package io.millrace.functions.value;

import java.math.BigInteger;

/**
 * Integers of any size as values. Any size ends at {@link #MOST_BITS}, so that no chain of products
 * takes all memory.
 */
public final class Integers {
    /** The most bits of an integer: some 78,000 digits. */
    public static final int MOST_BITS = 1 << 18;

    /** No text with more digits is read as an integer. */
    public static final int MOST_DIGITS = 78_000;

    private static final int LONG_BITS = 63;

    /** So many digits always fit a long. */
    private static final int SAFE_DIGITS = 18;

    private Integers() {}

    /**
     * Returns an integer as a value: a {@link Long} if it fits.
     *
     * @throws FunctionException {@code system_limit} if it has more than {@link #MOST_BITS}
     */
    public static Number value(BigInteger integer) {
        int bits = integer.bitLength();
        if (bits <= LONG_BITS) {
            return integer.longValue();
        }
        if (bits > MOST_BITS) {
            throw new FunctionException(
                    "system_limit",
                    "The integer has " + bits + " bits; allowed are " + MOST_BITS + ".");
        }
        return integer;
    }

    /** Returns an integer of whatever size as a {@link BigInteger}. */
    public static BigInteger big(Object integer) {
        return integer instanceof Long small ? BigInteger.valueOf(small) : (BigInteger) integer;
    }

    /** Whether a value is an integer. */
    public static boolean is(Object value) {
        return value instanceof Long || value instanceof BigInteger;
    }

    /** Reads a sign and decimal digits; null if there is anything else, or nothing. */
    public static Number parse(String text) {
        int length = text.length();
        int start = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (start == length || length > MOST_DIGITS) {
            return null;
        }
        long number = 0;
        for (int i = start; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
        }
        if (length - start <= SAFE_DIGITS) {
            return text.charAt(0) == '-' ? -number : number;
        }
        return value(new BigInteger(text));
    }
}
