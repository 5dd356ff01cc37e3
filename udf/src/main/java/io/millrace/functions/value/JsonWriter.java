package io.millrace.functions.value;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes values as compact JSON. Undefined and symbols become texts, what is no UTF-8 in bytes
 * becomes U+FFFD, floats have the fewest digits.
 */
final class JsonWriter {
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String encode(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.write(value, 0);
        return writer.out.toString();
    }

    private void write(Object value, int depth) {
        if (depth > Json.MOST_DEPTH) {
            throw new FunctionException(
                    "badarg",
                    "Maps and arrays are more than " + Json.MOST_DEPTH + " deep in each other.");
        }
        TextForm.limit(out.length());
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Double number) {
            FloatText.shortest(out, number);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value == null) {
            text("undefined");
        } else if (value instanceof Symbol symbol) {
            text(symbol.text());
        } else if (value instanceof Bytes) {
            text(new String(Bytes.of(value), StandardCharsets.UTF_8));
        } else if (value instanceof Bits) {
            throw new FunctionException(
                    "badarg", "Bits that are no whole bytes have no JSON: " + value + ".");
        } else {
            out.append(value);
        }
    }

    private void map(Map<?, ?> map, int depth) {
        char before = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(before);
            text((String) member.getKey());
            out.append(':');
            write(member.getValue(), depth + 1);
            before = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void list(List<?> list, int depth) {
        char before = '[';
        for (Object element : list) {
            out.append(before);
            write(element, depth + 1);
            before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void text(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, from, i);
                escape(c);
                from = i + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private void escape(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            default -> out.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
