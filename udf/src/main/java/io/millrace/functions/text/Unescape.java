package io.millrace.functions.text;

import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;

/** Replaces the escapes of C in a text. */
public final class Unescape {
    private static final String LETTERS = "ntrbfva'\"?\\";
    private static final String MEANINGS = "\n\t\r\b\f\u000b\u0007'\"?\\";

    private Unescape() {}

    /**
     * Replaces {@code \n}, {@code \t}, {@code \r}, {@code \b}, {@code \f}, {@code \v}, {@code \a},
     * {@code \'}, {@code \"}, {@code \?}, {@code \\} and {@code \x} with as many hexadecimal digits
     * as follow.
     *
     * @throws FunctionException {@code unrecognized_escape_sequence} for any other
     */
    public static String of(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            out.append(text, from, at);
            char letter = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (letter == 'x') {
                from = character(text, at, out);
            } else {
                int known = letter == 0 ? -1 : LETTERS.indexOf(letter);
                if (known < 0) {
                    throw unknown(text, at);
                }
                out.append(MEANINGS.charAt(known));
                from = at + 2;
            }
            at = text.indexOf('\\', from);
        }
        return out.append(text, from, text.length()).toString();
    }

    /** Appends the character of a hexadecimal escape and returns where the escape ends. */
    private static int character(String text, int at, StringBuilder out) {
        int end = at + 2;
        long code = 0;
        while (end < text.length() && digit(text.charAt(end)) >= 0) {
            code = Math.min(code * 16 + digit(text.charAt(end)), Integer.MAX_VALUE);
            end++;
        }
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (end == at + 2 || code > Character.MAX_CODE_POINT || surrogate) {
            throw unknown(text, at);
        }
        out.appendCodePoint((int) code);
        return end;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static FunctionException unknown(String text, int at) {
        return new FunctionException(
                "unrecognized_escape_sequence",
                "unescape: "
                        + Described.of(text.substring(at, Math.min(text.length(), at + 12)))
                        + " begins with no escape that is known; allowed are \\n \\t \\r \\b \\f \\v"
                        + " \\a \\' \\\" \\? \\\\ and \\x with the digits of a character's code.");
    }
}
