package io.millrace.functions.library;

import io.millrace.functions.text.Graphemes;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import java.nio.charset.StandardCharsets;

/** Fills texts up to a length. */
enum Padding {
    LEADING,
    TRAILING,
    BOTH;

    /** So many characters are filled in at most. */
    private static final int MOST = 1 << 20;

    static Padding named(String side) {
        return switch (side) {
            case "leading" -> LEADING;
            case "trailing" -> TRAILING;
            case "both" -> BOTH;
            default ->
                    throw new FunctionException(
                            "bad_sql_function_argument",
                            "pad: side is "
                                    + Described.of(side)
                                    + "; allowed are 'leading', 'trailing' and 'both'.");
        };
    }

    /** Returns a text, or bytes if what fills is no ASCII: EMQX writes it as Latin-1. */
    Object pad(String text, Object length, String filler) {
        long missing = length instanceof Long some ? some : Integer.MAX_VALUE;
        if (length instanceof java.math.BigInteger big && big.signum() < 0) {
            return text;
        }
        missing -= missing <= 0 ? 0 : Graphemes.count(text);
        if (missing <= 0 || filler.isEmpty()) {
            return text;
        }
        if (missing * filler.length() > MOST) {
            throw new FunctionException(
                    "system_limit",
                    "pad: %d characters would be filled in; allowed are %d."
                            .formatted(missing, MOST));
        }
        int before = this == LEADING ? (int) missing : this == BOTH ? (int) missing / 2 : 0;
        String leading = filler.repeat(before);
        String trailing = filler.repeat((int) missing - before);
        if (filler.chars().allMatch(c -> c < 0x80)) {
            return leading + text + trailing;
        }
        return latin1(leading, text, trailing);
    }

    private static Object latin1(String leading, String text, String trailing) {
        if ((leading + trailing).chars().anyMatch(c -> c > 0xff)) {
            throw new FunctionException(
                    "badarg", "pad: char is beyond Latin-1; allowed is one character of ASCII.");
        }
        byte[] before = leading.getBytes(StandardCharsets.ISO_8859_1);
        byte[] between = text.getBytes(StandardCharsets.UTF_8);
        byte[] after = trailing.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[before.length + between.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(between, 0, all, before.length, between.length);
        System.arraycopy(after, 0, all, before.length + between.length, after.length);
        return Bytes.value(all);
    }
}
