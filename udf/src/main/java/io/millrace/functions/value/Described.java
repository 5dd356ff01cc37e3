package io.millrace.functions.value;

import java.util.List;
import java.util.Map;

/** Values as messages for a person show them: short ones whole, long ones cut. */
public final class Described {
    private static final int MOST = 77;

    private Described() {}

    /** Shows a value. */
    public static String of(Object value) {
        if (value == null) {
            return "undefined";
        }
        if (value instanceof String text) {
            return "'" + cut(text) + "'";
        }
        if (value instanceof List<?> list) {
            return "an array of " + list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return "a map of " + map.size();
        }
        return cut(value.toString());
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
    }
}
