package io.millrace.tdengine.template;

import java.util.List;

/** A piece of a text or a name. */
public sealed interface TextPart {

    /**
     * The same for every row.
     *
     * @param text escapes resolved
     */
    record Fixed(String text) implements TextPart {}

    /**
     * A field of the row.
     *
     * @param path names from the row inwards; none for the whole row as JSON
     */
    record Field(List<String> path) implements TextPart {
        public Field {
            path = List.copyOf(path);
        }
    }
}
