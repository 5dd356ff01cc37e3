package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;

/** Pieces of SQL as bytes. */
final class SqlBytes {
    static final byte[] NULL = ascii("NULL");
    static final byte[] TRUE = ascii("true");
    static final byte[] FALSE = ascii("false");
    static final byte[] HEX = ascii("0123456789abcdef");

    private SqlBytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
