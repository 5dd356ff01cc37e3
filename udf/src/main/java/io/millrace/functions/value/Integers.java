package io.millrace.functions.value;

import java.math.BigInteger;

/** Integers of any size as values. */
public final class Integers {
    private static final int LONG_BITS = 63;

    private Integers() {}

    /** Returns an integer as a value: a {@link Long} if it fits. */
    public static Number value(BigInteger integer) {
        return integer.bitLength() <= LONG_BITS ? (Number) integer.longValue() : integer;
    }

    /** Returns an integer of whatever size as a {@link BigInteger}. */
    public static BigInteger big(Object integer) {
        return integer instanceof Long small ? BigInteger.valueOf(small) : (BigInteger) integer;
    }
}
