package io.millrace.rule.emqx.json;

import java.nio.charset.StandardCharsets;

/** Reads the texts of a document. */
final class JsonText {
    private final JsonReader reader;

    JsonText(JsonReader reader) {
        this.reader = reader;
    }

    /** Reads a text; the position is at its opening quote, and then behind its closing one. */
    String read() throws JsonException {
        byte[] bytes = reader.bytes;
        int start = reader.at + 1;
        int at = start;
        boolean ascii = true;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                reader.at = at + 1;
                return new String(
                        bytes,
                        start,
                        at - start,
                        ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            }
            if (b == '\\') {
                return readEscaped(start, at);
            }
            if (b < 0) {
                ascii = false;
                at = Utf8.next(reader, at);
            } else if (b < ' ') {
                throw failure(at, "A control character stands in a text");
            } else {
                at++;
            }
        }
        throw failure(at, "A text has no end");
    }

    /** Passes over a text, and tells whether it has escapes. */
    boolean skip() throws JsonException {
        byte[] bytes = reader.bytes;
        int at = reader.at + 1;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                reader.at = at + 1;
                return false;
            }
            if (b == '\\') {
                readEscaped(reader.at + 1, at);
                return true;
            }
            if (b < 0) {
                at = Utf8.next(reader, at);
            } else if (b < ' ') {
                throw failure(at, "A control character stands in a text");
            } else {
                at++;
            }
        }
        throw failure(at, "A text has no end");
    }

    private String readEscaped(int start, int firstEscape) throws JsonException {
        byte[] bytes = reader.bytes;
        StringBuilder text =
                new StringBuilder(
                        new String(bytes, start, firstEscape - start, StandardCharsets.UTF_8));
        reader.at = firstEscape;
        while (reader.at < bytes.length) {
            byte b = bytes[reader.at];
            if (b == '"') {
                reader.at++;
                return text.toString();
            }
            if (b == '\\') {
                escape(text);
            } else if (b < 0) {
                int end = Utf8.next(reader, reader.at);
                text.append(new String(bytes, reader.at, end - reader.at, StandardCharsets.UTF_8));
                reader.at = end;
            } else if (b < ' ') {
                throw reader.error("A control character stands in a text");
            } else {
                text.append((char) b);
                reader.at++;
            }
        }
        throw reader.error("A text has no end");
    }

    private void escape(StringBuilder text) throws JsonException {
        byte[] bytes = reader.bytes;
        if (reader.at + 1 >= bytes.length) {
            throw reader.error("A text has no end");
        }
        byte escape = bytes[reader.at + 1];
        if (escape == 'u') {
            unicode(text);
            return;
        }
        int c =
                switch (escape) {
                    case '"', '\\', '/' -> escape;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> throw reader.error("A text has an unknown escape");
                };
        text.append((char) c);
        reader.at += 2;
    }

    /** Halves of a pair of surrogates are no characters. */
    private void unicode(StringBuilder text) throws JsonException {
        char first = hex(reader.at);
        if (Character.isLowSurrogate(first)) {
            throw reader.error("An escape is half a character");
        }
        text.append(first);
        if (Character.isHighSurrogate(first)) {
            int at = reader.at + 6;
            if (at + 1 >= reader.bytes.length
                    || reader.bytes[at] != '\\'
                    || reader.bytes[at + 1] != 'u') {
                throw reader.error("An escape is half a character");
            }
            char second = hex(at);
            if (!Character.isLowSurrogate(second)) {
                throw reader.error("An escape is half a character");
            }
            text.append(second);
            reader.at = at;
        }
        reader.at += 6;
    }

    private char hex(int at) throws JsonException {
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = i < reader.bytes.length ? Character.digit(reader.bytes[i], 16) : -1;
            if (digit < 0) {
                throw reader.error("An escape has no four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private JsonException failure(int at, String message) {
        reader.at = at;
        return reader.error(message);
    }

    /** Well-formed UTF-8. */
    private static final class Utf8 {
        private Utf8() {}

        /** The offset after the character of several bytes that begins at an offset. */
        static int next(JsonReader reader, int at) throws JsonException {
            byte[] bytes = reader.bytes;
            int first = bytes[at] & 0xff;
            int length =
                    first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
            if (length > 0 && at + length <= bytes.length) {
                int second = bytes[at + 1] & 0xff;
                int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
                int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
                boolean good = second >= low && second <= high;
                for (int i = 2; i < length; i++) {
                    good &= (bytes[at + i] & 0xc0) == 0x80;
                }
                if (good) {
                    return at + length;
                }
            }
            reader.at = at;
            throw reader.error("A text is no UTF-8");
        }
    }
}
