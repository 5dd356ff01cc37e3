package io.millrace.rule.emqx.json;

import io.millrace.functions.value.JsonNull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON document. Of equal members the last one counts; integers keep all digits; numbers
 * beyond the largest float, texts that are no UTF-8 and anything behind the document are errors.
 */
public final class JsonReader {
    /** Deeper documents are refused, so that reading them cannot exhaust the stack. */
    static final int MAX_DEPTH = 500;

    final byte[] bytes;
    final JsonText text;
    final JsonNumber number;
    int at;

    JsonReader(byte[] bytes) {
        this.bytes = bytes;
        this.text = new JsonText(this);
        this.number = new JsonNumber(this);
    }

    /**
     * Reads a document.
     *
     * @throws JsonException if it is none
     */
    public static Object read(byte[] bytes) throws JsonException {
        JsonReader reader = new JsonReader(bytes);
        Object value = reader.value(0);
        reader.end();
        return value;
    }

    /** Reads a document that is in a text; null if it is none. */
    public static Object readOrNull(String text) {
        try {
            return read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            return null;
        }
    }

    /** The next byte that is no white space, or -1 at the end. */
    int peek() {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b > ' ' || b < 0) {
                return b & 0xff;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return -1;
    }

    void expect(char c) throws JsonException {
        if (peek() != c) {
            throw error("'" + c + "' is missing");
        }
        at++;
    }

    void end() throws JsonException {
        if (peek() >= 0) {
            throw error("Something follows the document");
        }
    }

    JsonException error(String message) {
        return new JsonException(message, at);
    }

    /** Reads a value. */
    Object value(int depth) throws JsonException {
        int c = peek();
        switch (c) {
            case '"':
                return text.read();
            case '{':
                return map(depth);
            case '[':
                return list(depth);
            case 't':
                literal("true");
                return Boolean.TRUE;
            case 'f':
                literal("false");
                return Boolean.FALSE;
            case 'n':
                literal("null");
                return JsonNull.NULL;
            default:
                return number.read();
        }
    }

    private Map<String, Object> map(int depth) throws JsonException {
        check(depth);
        at++;
        Map<String, Object> map = new LinkedHashMap<>();
        if (peek() == '}') {
            at++;
            return map;
        }
        do {
            if (peek() != '"') {
                throw error("The name of a member is missing");
            }
            String name = text.read();
            expect(':');
            map.put(name, value(depth + 1));
        } while (more('}'));
        return map;
    }

    private List<Object> list(int depth) throws JsonException {
        check(depth);
        at++;
        List<Object> list = new ArrayList<>();
        if (peek() == ']') {
            at++;
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (more(']'));
        return list;
    }

    /** Whether a comma follows; otherwise the end must. */
    boolean more(char end) throws JsonException {
        int c = peek();
        if (c != ',' && c != end) {
            throw error("',' or '" + end + "' is missing");
        }
        at++;
        return c == ',';
    }

    /** Passes over a value; what is wrong in it is found all the same. */
    void skip(int depth) throws JsonException {
        switch (peek()) {
            case '"' -> text.skip();
            case '{' -> {
                check(depth);
                at++;
                if (peek() == '}') {
                    at++;
                    return;
                }
                do {
                    if (peek() != '"') {
                        throw error("The name of a member is missing");
                    }
                    text.skip();
                    expect(':');
                    skip(depth + 1);
                } while (more('}'));
            }
            case '[' -> {
                check(depth);
                at++;
                if (peek() == ']') {
                    at++;
                    return;
                }
                do {
                    skip(depth + 1);
                } while (more(']'));
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number.skip();
        }
    }

    void check(int depth) throws JsonException {
        if (depth >= MAX_DEPTH) {
            throw error("The document is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private void literal(String word) throws JsonException {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != word.charAt(i)) {
                throw error("No JSON value begins so");
            }
        }
        at += word.length();
    }
}
