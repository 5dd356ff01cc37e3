package io.millrace.rule.plan;

import java.util.List;

/**
 * Looks at the condition of a query, part by part, for each row that it is asked of.
 *
 * @param clause {@code WHERE} or {@code INCASE}
 * @param line of the file where the condition begins
 * @param parts what is joined by AND, as it is written
 * @param values what the parts read, as it is written
 * @param query gives a row of texts for each row that the condition is asked of: for each part
 *     {@code TRUE}, {@code FALSE}, {@code NULL} or {@link #NOT_LOOKED_AT}, then each value
 */
public record Probe(
        String clause, int line, List<String> parts, List<String> values, String query) {
    /** A part behind one that does not hold, which might fail there. */
    public static final String NOT_LOOKED_AT = "-";

    public Probe {
        parts = List.copyOf(parts);
        values = List.copyOf(values);
    }

    /** How many columns its query has. */
    public int columns() {
        return parts.size() + values.size();
    }
}
