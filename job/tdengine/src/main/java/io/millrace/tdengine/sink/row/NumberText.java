package io.millrace.tdengine.sink.row;

/** Writes numbers as SQL, digit by digit where that is exact. Stateless. */
final class NumberText {
    private static final byte[] MIN_LONG = SqlBytes.ascii(Long.toString(Long.MIN_VALUE));
    private static final int MAX_LONG_DIGITS = 19;
    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    /** Up to here every whole number is exact in a double. */
    private static final double EXACT = 1L << 53;

    /**
     * Up to here a decimal of a float, read as a double and rounded to a float again, cannot fall
     * on the wrong side: a float has 24 bits, so no such decimal comes that near to a midpoint.
     */
    private static final double EXACT_FLOAT = 1 << 24;

    private NumberText() {}

    static void append(GrowingBytes out, long value) {
        if (value == Long.MIN_VALUE) {
            out.append(MIN_LONG);
            return;
        }
        out.ensure(MAX_LONG_DIGITS + 1);
        if (value < 0) {
            out.append((byte) '-');
            value = -value;
        }
        digits(out, value, digitCount(value));
    }

    /** Writes the digits from the right, padded on the left with zeros. */
    private static void digits(GrowingBytes out, long value, int count) {
        int start = out.length();
        out.truncate(start + count);
        byte[] bytes = out.bytes();
        for (int i = start + count - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
    }

    private static int digitCount(long value) {
        int count = 1;
        for (long limit = 10; count < MAX_LONG_DIGITS && value >= limit; limit *= 10) {
            count++;
        }
        return count;
    }

    /** Writes a finite number so that the server reads the same double. */
    static void append(GrowingBytes out, double value) {
        for (int decimals = 0; decimals < POWERS.length; decimals++) {
            double shifted = Math.rint(value * POWERS[decimals]);
            if (Math.abs(shifted) >= EXACT) {
                break;
            }
            // Both operands are exact, so the quotient is the double nearest to the decimal text.
            if (shifted / POWERS[decimals] == value && !isMinusZero(shifted)) {
                decimal(out, (long) shifted, decimals);
                return;
            }
        }
        out.appendAscii(Double.toString(value));
    }

    /** Writes a finite number so that the server reads the same float. */
    static void append(GrowingBytes out, float value) {
        for (int decimals = 0; decimals < POWERS.length; decimals++) {
            double shifted = Math.rint(value * POWERS[decimals]);
            if (Math.abs(shifted) >= EXACT_FLOAT) {
                break;
            }
            if ((float) (shifted / POWERS[decimals]) == value && !isMinusZero(shifted)) {
                decimal(out, (long) shifted, decimals);
                return;
            }
        }
        // The server compares the text, read as a double, with the largest float: the short form
        // of the largest floats is above it.
        out.appendAscii(Math.abs(value) > 3.4e38f ? Double.toString(value) : Float.toString(value));
    }

    private static boolean isMinusZero(double value) {
        return value == 0 && 1 / value < 0;
    }

    private static void decimal(GrowingBytes out, long shifted, int decimals) {
        if (decimals == 0) {
            append(out, shifted);
            return;
        }
        out.ensure(MAX_LONG_DIGITS + 2);
        if (shifted < 0) {
            out.append((byte) '-');
            shifted = -shifted;
        }
        long power = (long) POWERS[decimals];
        long whole = shifted / power;
        digits(out, whole, digitCount(whole));
        out.append((byte) '.');
        digits(out, shifted % power, decimals);
    }
}
