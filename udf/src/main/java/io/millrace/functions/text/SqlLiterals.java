package io.millrace.functions.text;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Json;
import io.millrace.functions.value.TextForm;
import io.millrace.functions.value.TextJoiner;
import java.util.List;
import java.util.Map;

/** Values as literals of SQL. */
public final class SqlLiterals {
    private SqlLiterals() {}

    /**
     * Joins literals with commas: numbers as they are, undefined as {@code NULL}, all else in
     * quotes with backslashes before quotes and backslashes.
     */
    public static Object join(List<?> values) {
        TextJoiner joiner = new TextJoiner();
        boolean first = true;
        for (Object value : values) {
            if (!first) {
                joiner.add(", ");
            }
            add(joiner, value);
            first = false;
        }
        return joiner.value();
    }

    private static void add(TextJoiner joiner, Object value) {
        if (value == null) {
            joiner.add("NULL");
        } else if (value instanceof Number) {
            joiner.add(TextForm.of(value));
        } else {
            boolean json = value instanceof List || value instanceof Map;
            Object text = json ? Json.encode(value) : TextForm.of(value);
            joiner.add("'");
            if (text instanceof Bytes) {
                joiner.add(Latin1.value(escaped(Latin1.of(text))));
            } else {
                joiner.add(escaped((String) text));
            }
            joiner.add("'");
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
