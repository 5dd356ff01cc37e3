package io.millrace.mqtt.table;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;

/**
 * The topic of a row: a template with the row's values in it. Stateless.
 *
 * @param template as the user wrote it
 * @param parts texts and columns in order
 */
record RowTopic(String template, List<Part> parts) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * A piece of the topic.
     *
     * @param text what stands there, or the name of the column
     * @param getter null for a text
     */
    record Part(String text, RowData.FieldGetter getter) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param getters how to read the columns that the template names
     */
    static RowTopic of(TopicTemplate template, Map<String, RowData.FieldGetter> getters) {
        return new RowTopic(
                template.text(),
                template.parts().stream()
                        .map(
                                part ->
                                        new Part(
                                                part.text(),
                                                part.isColumn() ? getters.get(part.text()) : null))
                        .toList());
    }

    /**
     * The topic.
     *
     * @throws IllegalArgumentException if a value cannot stand in a topic; says which
     */
    String of(RowData row) {
        if (parts.size() == 1 && parts.get(0).getter() == null) {
            return template;
        }
        StringBuilder topic = new StringBuilder();
        for (Part part : parts) {
            topic.append(part.getter() == null ? part.text() : value(part, row));
        }
        return topic.toString();
    }

    private String value(Part part, RowData row) {
        Object value = part.getter().getFieldOrNull(row);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Column '"
                            + part.text()
                            + "' is NULL, and the topic '"
                            + template
                            + "' needs it.");
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '+' || c == '#' || c == 0) {
                throw new IllegalArgumentException(
                        "Column '"
                                + part.text()
                                + "' is '"
                                + text.replace('\0', '\u2400')
                                + "', which cannot stand in the topic '"
                                + template
                                + "': "
                                + (c == '/'
                                        ? "a / would make another level of it"
                                        : c == 0 ? "no topic may hold a NUL" : c + " is a wildcard")
                                + ".");
            }
        }
        return text;
    }
}
