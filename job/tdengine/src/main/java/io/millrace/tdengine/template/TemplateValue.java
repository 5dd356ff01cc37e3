package io.millrace.tdengine.template;

import java.math.BigDecimal;
import java.util.List;

/** What a template says that a column or tag gets. */
public sealed interface TemplateValue {

    /**
     * A field of the row.
     *
     * @param path names from the row inwards; none for the whole row as JSON
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
     * A time.
     *
     * @param base where it begins
     * @param value the time that is given; null unless {@code base} is {@link Base#GIVEN}
     * @param offsetNanos how much later, negative for earlier
     */
    record Time(Base base, TemplateValue value, long offsetNanos) implements TemplateValue {

        /** Where a time begins. */
        public enum Base {
            /** The moment at which the row is written. */
            NOW,
            /** Midnight of that day, UTC. */
            TODAY,
            /** A placeholder or literal. */
            GIVEN
        }
    }

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
