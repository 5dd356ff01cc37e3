package io.millrace.mqtt.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A topic with places for columns, such as <code>alerts/${clientid}</code>.
 *
 * @param text as the user wrote it
 * @param parts texts and the columns between them, in order
 */
public record TopicTemplate(String text, List<Part> parts) {
    /**
     * A piece of the topic.
     *
     * @param text what stands there, or the name of a column
     * @param isColumn whether it is the name of a column
     */
    public record Part(String text, boolean isColumn) {}

    private static final String OPEN = "${";

    /**
     * Reads a template. A dollar sign without a brace is a character like any other.
     *
     * @throws IllegalArgumentException if a place has no name or no end
     */
    public static TopicTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw wrong(text, "the ${ at character " + (open + 1) + " has no }");
            }
            String column = text.substring(open + OPEN.length(), close).strip();
            if (column.isEmpty()) {
                throw wrong(text, "there is no column in the ${} at character " + (open + 1));
            }
            if (open > at) {
                parts.add(new Part(text.substring(at, open), false));
            }
            parts.add(new Part(column, true));
            at = close + 1;
        }
        if (at < text.length()) {
            parts.add(new Part(text.substring(at), false));
        }
        return new TopicTemplate(text, List.copyOf(parts));
    }

    /** The columns that it names; one may come twice. */
    public List<String> columns() {
        return parts.stream().filter(Part::isColumn).map(Part::text).toList();
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                "Topic template '" + text + "' is not valid: " + why + ".");
    }
}
