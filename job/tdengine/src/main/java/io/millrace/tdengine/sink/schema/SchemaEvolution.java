package io.millrace.tdengine.sink.schema;

import java.io.Serializable;
import java.util.List;

/**
 * What may be changed about the server's tables.
 *
 * @param mode how much
 * @param tags names of the fields that are tags of a super table that is created; others are its
 *     columns. A template with {@code TAGS} says it itself
 */
public record SchemaEvolution(Mode mode, List<String> tags) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is changed. */
    public static final SchemaEvolution NONE = new SchemaEvolution(Mode.NONE, List.of());

    /** How much may be changed. */
    public enum Mode {
        NONE("none"),
        /** Tables that are missing are created. */
        CREATE("create"),
        /** Also, columns and tags are added, and texts are widened. */
        ADD_COLUMNS("add-columns");

        private final String option;

        Mode(String option) {
            this.option = option;
        }

        /** As the option is written: Flink reads enums by this. */
        @Override
        public String toString() {
            return option;
        }
    }

    public SchemaEvolution {
        tags = List.copyOf(tags);
    }

    /** Whether a missing table is created. */
    public boolean creates() {
        return mode != Mode.NONE;
    }

    /** Whether a table that exists is changed. */
    public boolean alters() {
        return mode == Mode.ADD_COLUMNS;
    }

    /** The same, with missing tables created. */
    public SchemaEvolution creating() {
        return creates() ? this : new SchemaEvolution(Mode.CREATE, tags);
    }

    boolean isTag(String name) {
        return tags.stream().anyMatch(name::equalsIgnoreCase);
    }
}
