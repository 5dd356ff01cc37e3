package io.millrace.rule.emqx.json;

import io.millrace.functions.value.Integers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads the numbers of a document. */
final class JsonNumber {
    /** Powers of ten that a float holds exactly. */
    private static final double[] TENS = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = power;
            power *= 10;
        }
    }

    /** Longer numbers cost more than they are worth: the time grows with the square. */
    private static final int MAX_DIGITS = 10_000;

    private static final long EXACT = 1L << 53;

    private final JsonReader reader;
    private int start;
    private boolean negative;
    private boolean integer;

    /** The digits as a number, if there are at most 18. */
    private long digits;

    private int count;
    private int scale;

    JsonNumber(JsonReader reader) {
        this.reader = reader;
    }

    /** Reads a number. */
    Object read() throws JsonException {
        scan();
        if (integer) {
            return count <= 18 ? (Object) (negative ? -digits : digits) : large();
        }
        return real();
    }

    /** Passes over a number. */
    void skip() throws JsonException {
        scan();
        if (!integer && (count > 18 || scale > 22 || scale < -22)) {
            real();
        }
    }

    private Object large() {
        return Integers.value(new BigInteger(literal()));
    }

    private Double real() throws JsonException {
        if (count <= 18 && digits < EXACT && scale >= -22 && scale <= 22) {
            double value = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
            return negative ? -value : value;
        }
        double value = Double.parseDouble(literal());
        if (Double.isInfinite(value)) {
            reader.at = start;
            throw reader.error("A number is larger than any float");
        }
        return value;
    }

    private String literal() {
        return new String(reader.bytes, start, reader.at - start, StandardCharsets.ISO_8859_1);
    }

    private void scan() throws JsonException {
        byte[] bytes = reader.bytes;
        start = reader.at;
        digits = 0;
        count = 0;
        scale = 0;
        integer = true;
        int at = start;
        negative = at < bytes.length && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        at = digits(at);
        if (at == first) {
            throw reader.error("No JSON value begins so");
        }
        if (at > first + 1 && bytes[first] == '0') {
            throw reader.error("A number begins with 0");
        }
        if (at < bytes.length && bytes[at] == '.') {
            integer = false;
            int fraction = at + 1;
            at = digits(fraction);
            if (at == fraction) {
                throw reader.error("A number has no digit behind the point");
            }
            scale = fraction - at;
        }
        if (at < bytes.length && (bytes[at] | 0x20) == 'e') {
            integer = false;
            at = exponent(at + 1);
        }
        if (at - start > MAX_DIGITS) {
            throw reader.error("A number has more than " + MAX_DIGITS + " digits");
        }
        reader.at = at;
    }

    private int digits(int from) {
        byte[] bytes = reader.bytes;
        int at = from;
        while (at < bytes.length) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (count > 0 || digit > 0) {
                // Beyond 18 digits the sum is worthless, and nobody looks at it.
                digits = digits * 10 + digit;
                count++;
            }
            at++;
        }
        return at;
    }

    private int exponent(int from) throws JsonException {
        byte[] bytes = reader.bytes;
        int at = from;
        boolean minus = at < bytes.length && bytes[at] == '-';
        if (minus || at < bytes.length && bytes[at] == '+') {
            at++;
        }
        int first = at;
        int exponent = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            exponent = Math.min(exponent * 10 + bytes[at] - '0', 1_000_000);
            at++;
        }
        if (at == first) {
            throw reader.error("A number has no digit behind the E");
        }
        scale += minus ? -exponent : exponent;
        return at;
    }
}
