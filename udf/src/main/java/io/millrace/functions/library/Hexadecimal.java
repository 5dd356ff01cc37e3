package io.millrace.functions.library;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.TextForm;

/** Bytes and bits as digits. */
final class Hexadecimal {
    private static final String BAD = "bad_sql_function_argument";
    private static final String DIGITS = "0123456789ABCDEF";

    private Hexadecimal() {}

    static String prefix(Object prefix) {
        if (prefix == null) {
            return "";
        }
        if (prefix instanceof String text) {
            return text;
        }
        throw new FunctionException(
                BAD, "bin2hexstr: prefix must be a text and is " + Described.of(prefix) + ".");
    }

    static String write(Object data, String prefix) {
        byte[] bytes = data instanceof Bits bits ? bits.bytes() : Bytes.of(data);
        TextForm.limit(prefix.length() + 2L * bytes.length);
        StringBuilder out = new StringBuilder(prefix.length() + 2 * bytes.length);
        out.append(prefix);
        if (data instanceof Bits bits) {
            bits(out, bits);
        } else {
            for (byte each : bytes) {
                out.append(DIGITS.charAt(each >> 4 & 15)).append(DIGITS.charAt(each & 15));
            }
        }
        return out.toString();
    }

    /** Four bits a digit, with zeros before the first. */
    private static void bits(StringBuilder out, Bits bits) {
        int zeros = (4 - bits.count() % 4) % 4;
        int digit = 0;
        for (int i = 0; i < bits.count(); i++) {
            digit = digit << 1 | bits.bytes()[i / 8] >> (7 - i % 8) & 1;
            if ((i + zeros) % 4 == 3) {
                out.append(DIGITS.charAt(digit));
                digit = 0;
            }
        }
    }

    static Object read(String text, String prefix) {
        if (!text.startsWith(prefix)) {
            throw new FunctionException(
                    "binary_prefix_unmatch",
                    "hexstr2bin: %s does not begin with %s."
                            .formatted(Described.of(text), Described.of(prefix)));
        }
        return read(text.substring(prefix.length()));
    }

    static Object read(String text) {
        int odd = text.length() % 2;
        byte[] bytes = new byte[(text.length() + 1) / 2];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new FunctionException(
                        BAD,
                        "hexstr2bin: " + Described.of(text) + " has more than hexadecimal digits.");
            }
            int at = (i + odd) / 2;
            bytes[at] = (byte) (bytes[at] << 4 | digit);
        }
        return Bytes.value(bytes);
    }
}
