package io.millrace.tdengine.sink.row;

import java.io.Serializable;
import java.util.List;

/**
 * What of an incoming row goes where, as the user said it: columns of a table matched by name, or
 * an SQL template. It is made when the job is planned and knows nothing of the server; {@link
 * RowEncoder} joins it with what the server says of the table.
 *
 * @param database the exact name
 * @param destination which table
 * @param bindings columns and tags with their values
 */
public record RowPlan(String database, Destination destination, List<Binding> bindings)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RowPlan {
        bindings = List.copyOf(bindings);
    }

    /** Which table a row goes to. */
    public sealed interface Destination extends Serializable {}

    /** One table for all rows. */
    public record Table(String name) implements Destination {
        private static final long serialVersionUID = 1L;
    }

    /** A table of no known super table whose name depends on the row; it must exist. */
    public record TablePerRow(Naming name) implements Destination {
        private static final long serialVersionUID = 1L;
    }

    /** Sub-tables of a super table, created when first seen. */
    public record SuperTable(String name, Naming subTable) implements Destination {
        private static final long serialVersionUID = 1L;
    }

    /** How a row's table is named. */
    public sealed interface Naming extends Serializable {}

    /**
     * A name put together from the row.
     *
     * @param lowerCase whether the user wrote it without back-ticks, which TDengine lowers
     */
    public record NameTemplate(ValueSource.Text text, boolean lowerCase) implements Naming {
        private static final long serialVersionUID = 1L;
    }

    /** A field that is the name; where it is NULL, another way. */
    public record NameField(ValueSource.Field field, Naming otherwise) implements Naming {
        private static final long serialVersionUID = 1L;
    }

    /** {@code <super table>_<tag values joined by _>}. */
    public record NameFromTags() implements Naming {
        private static final long serialVersionUID = 1L;
    }

    /** To what a value is bound. */
    public enum Part {
        /** A column or a tag, whichever has the name. */
        ANY,
        COLUMN,
        TAG
    }

    /**
     * A column or tag and its value.
     *
     * @param part column or tag
     * @param name null if the user gave none: then the {@code position} among columns or tags
     *     counts
     * @param position from 0
     * @param value where the value comes from
     * @param required whether a NULL makes the row a dead letter
     */
    public record Binding(Part part, String name, int position, ValueSource value, boolean required)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Binds by name; NULL is a value. */
        public static Binding of(Part part, String name, ValueSource value) {
            return new Binding(part, name, -1, value, false);
        }
    }
}
