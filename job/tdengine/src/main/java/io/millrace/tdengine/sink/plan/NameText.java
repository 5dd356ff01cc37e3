package io.millrace.tdengine.sink.plan;

import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a name with placeholders, such as <code>d_${clientid}</code>. Stateless. */
final class NameText {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}]*)}");

    private NameText() {}

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if a placeholder names no field
     */
    static ValueSource.Text parse(String text, Fields fields) {
        List<ValueSource> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new ValueSource.Constant(text.substring(from, matcher.start())));
            }
            // As in rule engines, a leading dot means the row itself.
            String name = matcher.group(1).strip().replaceFirst("^\\.", "");
            parts.add(fields.find(List.of(name.split("\\.", -1))));
            from = matcher.end();
        }
        if (from < text.length()) {
            parts.add(new ValueSource.Constant(text.substring(from)));
        }
        return new ValueSource.Text(parts);
    }
}
