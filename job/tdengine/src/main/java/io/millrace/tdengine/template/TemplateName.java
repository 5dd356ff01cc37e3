package io.millrace.tdengine.template;

import java.util.List;
import java.util.Optional;

/**
 * The name of a table, which may depend on the row.
 *
 * @param parts at least one
 * @param caseKept whether the case of a field's text is kept; if not (the name was written without
 *     back-ticks), the whole name is in lower case. Fixed parts are in lower case already
 */
public record TemplateName(List<TextPart> parts, boolean caseKept) {
    public TemplateName {
        parts = List.copyOf(parts);
    }

    /** The name, if it is the same for every row. */
    public Optional<String> fixed() {
        return parts.size() == 1 && parts.get(0) instanceof TextPart.Fixed only
                ? Optional.of(only.text())
                : Optional.empty();
    }
}
