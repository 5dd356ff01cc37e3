package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes a name that TDengine takes of any text, always the same of the same text. Stateless.
 *
 * <p>Letters, digits and most signs of ASCII stay. What TDengine refuses (the dot, the back-tick),
 * what cannot be typed (beyond ASCII, not printable) and the percent sign become {@code %XX}, one
 * per byte of UTF-8. A longer name than TDengine takes keeps its beginning and gets a hash.
 */
final class TableName {
    /** In bytes. */
    static final int MAX_LENGTH = 192;

    private static final int HASH_LENGTH = 16;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TableName() {}

    static String of(String text) throws RowRejectedException {
        if (text.isEmpty()) {
            throw new RowRejectedException("the name of the table is empty");
        }
        String name = isPlain(text) ? text : escape(text);
        return name.length() <= MAX_LENGTH ? name : shorten(name, text);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return character >= ' '
                && character <= '~'
                && character != '.'
                && character != '`'
                && character != '%';
    }

    private static String escape(String text) {
        StringBuilder name = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                name.append((char) b);
            } else {
                name.append('%').append(HEX.toHexDigits(b));
            }
        }
        return name.toString();
    }

    private static String shorten(String name, String text) {
        int end = MAX_LENGTH - HASH_LENGTH - 1;
        // Not through the middle of %XX.
        int percent = name.lastIndexOf('%', end - 1);
        if (percent > end - 3) {
            end = percent;
        }
        return name.substring(0, end) + "_" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
