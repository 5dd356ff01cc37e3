package io.millrace.tdengine.template;

import java.math.BigDecimal;
import java.util.List;

/** What a template says that a column or tag gets. */
public sealed interface TemplateValue {

    /**
     * A field of the row.
     *
     * @param path names from the row inwards, at least one
     * @param quoted whether it stands in quotes: then its text is meant, whatever its type
     */
    record Placeholder(List<String> path, boolean quoted) implements TemplateValue {
        public Placeholder {
            path = List.copyOf(path);
        }
    }

    /**
     * The same for every row.
     *
     * @param value a {@link String}, {@link BigDecimal}, {@link Boolean} or null
     */
    record Literal(Object value) implements TemplateValue {}

    /**
     * A text in which fields and fixed pieces are mixed.
     *
     * @param parts at least two
     */
    record Text(List<TextPart> parts) implements TemplateValue {
        public Text {
            parts = List.copyOf(parts);
        }
    }
}
