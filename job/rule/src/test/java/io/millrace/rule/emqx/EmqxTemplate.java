package io.millrace.rule.emqx;

import io.millrace.functions.value.Json;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.TextForm;
import io.millrace.rule.emqx.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text with placeholders such as {@code ${clientid}} and {@code ${payload.x}}, which EMQX's
 * actions fill with the outputs of a rule. Immutable.
 *
 * <p>Nothing is quoted or escaped, so that it is of no use for SQL: that is what TDengine's
 * templates are for, which are compiled into typed values.
 */
public final class EmqxTemplate {
    /** A fixed text, or a placeholder by the names that lead to its value; none is the row. */
    private record Part(String text, List<String> path) {}

    private final List<Part> parts;
    private final boolean undefinedAsNull;

    private EmqxTemplate(List<Part> parts, boolean undefinedAsNull) {
        this.parts = parts;
        this.undefinedAsNull = undefinedAsNull;
    }

    /**
     * Compiles a template. Any text is one.
     *
     * @param undefinedAsNull whether what is missing is written as {@code null} instead of {@code
     *     undefined}
     */
    public static EmqxTemplate compile(String template, boolean undefinedAsNull) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int start = template.indexOf("${");
        while (start >= 0) {
            int end = template.indexOf('}', start + 2);
            if (end < 0) {
                break;
            }
            if (end == start + 2) {
                start = template.indexOf("${", end);
                continue;
            }
            parts.add(new Part(template.substring(from, start), null));
            parts.add(new Part(null, path(template.substring(start + 2, end))));
            from = end + 1;
            start = template.indexOf("${", from);
        }
        parts.add(new Part(template.substring(from), null));
        return new EmqxTemplate(List.copyOf(parts), undefinedAsNull);
    }

    /** A dot in front means the row itself. */
    private static List<String> path(String placeholder) {
        if (placeholder.equals(".")) {
            return List.of();
        }
        String names = placeholder.startsWith(".") ? placeholder.substring(1) : placeholder;
        return List.of(names.split("\\.", -1));
    }

    /**
     * Fills the template.
     *
     * @throws io.millrace.functions.value.FunctionException if a value is too large for a text
     */
    public String render(Map<String, Object> row) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.path() == null ? part.text() : text(value(row, part.path())));
        }
        return text.toString();
    }

    private static Object value(Map<String, Object> row, List<String> path) {
        Object value = row;
        for (String name : path) {
            Object container = value;
            while (container instanceof String json) {
                container = JsonReader.readOrNull(json);
            }
            value = container instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private String text(Object value) {
        if (value == null) {
            return undefinedAsNull ? "null" : "undefined";
        }
        if (value == JsonNull.NULL) {
            return "null";
        }
        return value instanceof Map ? Json.encode(value) : TextForm.of(value).toString();
    }
}
