package io.millrace.tdengine.sink.row;

/**
 * Writes text and bytes as SQL literals. Stateless.
 *
 * <p>Inside quotes TDengine gives a meaning to the backslash and the quote and to nothing else; a
 * NUL ends the statement wherever it stands. UTF-8 never has these bytes inside a character.
 */
final class StringText {
    private StringText() {}

    /**
     * Makes sure that a text can be stored.
     *
     * @throws RowRejectedException if it holds a NUL, which TDengine cannot take
     */
    static void check(byte[] utf8) throws RowRejectedException {
        for (byte b : utf8) {
            if (b == 0) {
                throw new RowRejectedException(
                        "text with a NUL character, which TDengine cannot take in a statement");
            }
        }
    }

    /** Writes a text without NUL as a quoted literal. */
    static void append(GrowingBytes out, byte[] source, int from, int count) {
        out.ensure(2 * count + 2);
        int length = out.length();
        byte[] bytes = out.bytes();
        bytes[length++] = '\'';
        for (int i = from; i < from + count; i++) {
            byte b = source[i];
            if (b == '\'' || b == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = b;
        }
        bytes[length++] = '\'';
        out.truncate(length);
    }

    /** Writes bytes as <code>'\x0aff'</code>. */
    static void appendHex(GrowingBytes out, byte[] source, int from, int count) {
        out.ensure(2 * count + 4);
        int length = out.length();
        byte[] bytes = out.bytes();
        bytes[length++] = '\'';
        if (count > 0) {
            bytes[length++] = '\\';
            bytes[length++] = 'x';
            for (int i = from; i < from + count; i++) {
                byte b = source[i];
                bytes[length++] = SqlBytes.HEX[(b >> 4) & 0xF];
                bytes[length++] = SqlBytes.HEX[b & 0xF];
            }
        }
        bytes[length++] = '\'';
        out.truncate(length);
    }

    /** Code points of a text: bytes that do not continue a character. */
    static int characters(byte[] utf8) {
        int count = 0;
        for (byte b : utf8) {
            if ((b & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
