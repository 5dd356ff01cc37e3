package io.millrace.tdengine.sink.row;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Where a value comes from: a field of the incoming row, a text made of several, a constant. */
public sealed interface ValueSource extends Serializable {

    /** Says it as a user would write it, for messages. */
    String describe();

    /**
     * A field, possibly inside rows.
     *
     * @param name as the user writes it: {@code payload.temp}
     * @param path positions from the outermost row inwards, at least one
     * @param arities number of fields of each row inside, one less than {@code path}
     * @param type of the field
     */
    record Field(String name, List<Integer> path, List<Integer> arities, LogicalType type)
            implements ValueSource {
        private static final long serialVersionUID = 1L;

        public Field {
            path = List.copyOf(path);
            arities = List.copyOf(arities);
        }

        /** A field of the incoming row itself. */
        public static Field of(String name, int position, LogicalType type) {
            return new Field(name, List.of(position), List.of(), type);
        }

        @Override
        public String describe() {
            return "${" + name + "}";
        }
    }

    /**
     * A member of a value that has no type of its own: of JSON text, of a map.
     *
     * @param base the field that holds it
     * @param path names from there inwards, at least one
     */
    record Member(Field base, List<String> path) implements ValueSource {
        private static final long serialVersionUID = 1L;

        public Member {
            path = List.copyOf(path);
        }

        @Override
        public String describe() {
            return "${" + base.name() + "." + String.join(".", path) + "}";
        }
    }

    /** The whole row as JSON text. */
    record WholeRow(RowType type) implements ValueSource {
        private static final long serialVersionUID = 1L;

        @Override
        public String describe() {
            return "${.}";
        }
    }

    /**
     * A time, moved by a span.
     *
     * @param base the time; null for the sink's clock when the row is taken
     * @param today without a base, whether midnight (UTC) is meant
     * @param offsetNanos how much later, negative for earlier
     */
    record Moment(ValueSource base, boolean today, long offsetNanos) implements ValueSource {
        private static final long serialVersionUID = 1L;

        @Override
        public String describe() {
            String of = base != null ? base.describe() : today ? "TODAY" : "NOW";
            return offsetNanos == 0 ? of : of + " + " + offsetNanos + "b";
        }
    }

    /**
     * A text put together; NULL if any of its parts is.
     *
     * @param parts fields and constants
     */
    record Text(List<ValueSource> parts) implements ValueSource {
        private static final long serialVersionUID = 1L;

        public Text {
            parts = List.copyOf(parts);
        }

        /** Whether it is the same for every row. */
        public boolean isConstant() {
            return parts.stream().allMatch(Constant.class::isInstance);
        }

        @Override
        public String describe() {
            return parts.stream()
                    .map(p -> p instanceof Constant c ? String.valueOf(c.value()) : p.describe())
                    .collect(Collectors.joining());
        }
    }

    /**
     * The same value for every row.
     *
     * @param value a {@link String}, {@link BigDecimal}, {@link Boolean} or null
     */
    record Constant(Object value) implements ValueSource {
        private static final long serialVersionUID = 1L;

        public Constant {
            if (value != null
                    && !(value instanceof String
                            || value instanceof BigDecimal
                            || value instanceof Boolean)) {
                throw new IllegalArgumentException("A constant cannot be a " + value.getClass());
            }
        }

        @Override
        public String describe() {
            return value instanceof String ? "'" + value + "'" : String.valueOf(value);
        }
    }
}
