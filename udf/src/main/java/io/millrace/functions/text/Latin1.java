package io.millrace.functions.text;

import io.millrace.functions.value.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as characters of Latin-1, one for each, which is how the parts of Erlang that know no
 * Unicode see a text.
 */
final class Latin1 {
    private Latin1() {}

    /** The bytes of a text or of {@link Bytes}. */
    static String of(Object value) {
        if (value instanceof String text && isAscii(text)) {
            return text;
        }
        return new String(Bytes.of(value), StandardCharsets.ISO_8859_1);
    }

    /** The value that the bytes are. */
    static Object value(String bytes) {
        return isAscii(bytes) ? bytes : Bytes.value(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** What Erlang regards as printable among them. */
    static boolean isPrintable(int c) {
        return c >= ' ' && c <= '~' || c >= 0xa0 && c <= 0xff || c >= 8 && c <= 13 || c == 27;
    }
}
