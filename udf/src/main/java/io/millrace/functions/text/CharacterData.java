package io.millrace.functions.text;

import io.millrace.functions.value.Bytes;
import java.util.List;

/** Texts, and arrays of them and of characters' codes, which Erlang takes for one text. */
final class CharacterData {
    private static final int MOST_DEPTH = 500;

    private CharacterData() {}

    /** Appends the text and tells whether a value is one. Bytes that are no UTF-8 are Latin-1. */
    static boolean append(StringBuilder out, Object value) {
        return append(out, value, 0);
    }

    private static boolean append(StringBuilder out, Object value, int depth) {
        if (value instanceof String text) {
            out.append(text);
            return true;
        }
        if (value instanceof Bytes) {
            out.append(Latin1.of(value));
            return true;
        }
        if (!(value instanceof List<?> list) || depth > MOST_DEPTH) {
            return false;
        }
        for (Object element : list) {
            if (element instanceof Long code && code >= 0 && code <= Character.MAX_CODE_POINT) {
                out.appendCodePoint((int) (long) code);
            } else if (!append(out, element, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
