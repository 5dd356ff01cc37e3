package io.millrace.functions.library;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.math.BigInteger;
import java.util.List;

/** Takes bits out of bytes and reads them as a number. */
final class SubBits {
    /** What the last arguments say. */
    record Reading(String type, boolean signed, boolean little) {}

    private SubBits() {}

    /**
     * Chooses how to read.
     *
     * @throws FunctionException {@code bad_sql_function_argument} if a name is not known
     */
    static Reading reading(Object type, Object sign, Object order) {
        choose("type", type, List.of("integer", "float", "bits"));
        choose("signedness", sign, List.of("unsigned", "signed"));
        choose("endianness", order, List.of("big", "little"));
        return new Reading((String) type, sign.equals("signed"), order.equals("little"));
    }

    private static void choose(String parameter, Object given, List<String> allowed) {
        if (!(given instanceof String) || !allowed.contains(given)) {
            throw new FunctionException(
                    "bad_sql_function_argument",
                    "subbits: %s is %s; allowed are '%s'."
                            .formatted(
                                    parameter, Described.of(given), String.join("', '", allowed)));
        }
    }

    /**
     * Reads bits.
     *
     * @param source a text, bytes or bits
     * @param start an integer, 1 for the first bit
     * @param length an integer; all that are left if it is negative or there are fewer
     * @return undefined if there is nothing at the start
     */
    static Object read(Object source, Object start, Object length, Reading reading) {
        byte[] bytes = source instanceof Bits bits ? bits.bytes() : Bytes.of(source);
        long count = source instanceof Bits bits ? bits.count() : 8L * bytes.length;
        if (!(start instanceof Long first) || first < 1 || first > count) {
            return null;
        }
        long left = count - first + 1;
        boolean all = !(length instanceof Long wanted) || wanted < 0 || wanted > left;
        long taken = all ? left : (Long) length;
        byte[] part = cut(bytes, first - 1, taken);
        return switch (reading.type()) {
            case "bits" -> value(part, taken);
            case "float" -> real(part, taken, reading.little());
            default -> integer(part, taken, reading);
        };
    }

    /** The bits from the most significant of the first byte on. */
    private static byte[] cut(byte[] bytes, long first, long count) {
        byte[] part = new byte[(int) ((count + 7) / 8)];
        int shift = (int) (first % 8);
        int from = (int) (first / 8);
        for (int i = 0; i < part.length; i++) {
            int high = (bytes[from + i] & 0xff) << shift;
            int low = from + i + 1 < bytes.length ? (bytes[from + i + 1] & 0xff) << shift >> 8 : 0;
            part[i] = (byte) (high | low);
        }
        int unused = (int) (8L * part.length - count);
        if (unused > 0) {
            part[part.length - 1] &= (byte) (0xff << unused);
        }
        return part;
    }

    private static Object value(byte[] part, long count) {
        if (count > Integer.MAX_VALUE) {
            throw new FunctionException(
                    "system_limit", "subbits: " + count + " bits are too many.");
        }
        return Bits.value(part, (int) count);
    }

    private static Object integer(byte[] part, long count, Reading reading) {
        if (count == 0) {
            return 0L;
        }
        if (part.length > Integers.MOST_BITS / 8) {
            throw new FunctionException(
                    "system_limit",
                    "subbits: an integer of %d bits is too large; allowed are %d."
                            .formatted(count, Integers.MOST_BITS));
        }
        int unused = (int) (8L * part.length - count);
        BigInteger number;
        if (reading.little()) {
            // The last bits are the most significant ones, and there may be fewer than eight.
            byte[] turned = reversed(part);
            turned[0] = (byte) ((turned[0] & 0xff) >> unused);
            number = new BigInteger(1, turned);
        } else {
            number = new BigInteger(1, part).shiftRight(unused);
        }
        if (reading.signed() && number.testBit((int) count - 1)) {
            number = number.subtract(BigInteger.ONE.shiftLeft((int) count));
        }
        return Integers.value(number);
    }

    private static byte[] reversed(byte[] part) {
        byte[] turned = new byte[part.length];
        for (int i = 0; i < part.length; i++) {
            turned[part.length - 1 - i] = part[i];
        }
        return turned;
    }

    private static Object real(byte[] part, long count, boolean little) {
        if (count != 16 && count != 32 && count != 64) {
            throw new FunctionException(
                    "case_clause", "subbits: a float has 16, 32 or 64 bits and not " + count + ".");
        }
        long bits = new BigInteger(1, little ? reversed(part) : part).longValue();
        double number =
                count == 16
                        ? half((int) bits)
                        : count == 32
                                ? Float.intBitsToFloat((int) bits)
                                : Double.longBitsToDouble(bits);
        if (!Double.isFinite(number)) {
            throw new FunctionException("badmatch", "subbits: the float is not finite.");
        }
        return number;
    }

    /** Sign, five bits of exponent, ten of fraction. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Double.NaN;
        }
        double number =
                exponent == 0
                        ? Math.scalb((double) fraction, -24)
                        : Math.scalb((double) (fraction | 0x400), exponent - 25);
        return (bits & 0x8000) != 0 ? -number : number;
    }
}
