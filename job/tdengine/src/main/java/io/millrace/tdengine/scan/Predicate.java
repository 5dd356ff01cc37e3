package io.millrace.tdengine.scan;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition on a row that is pushed down. There is no negation: it is pushed into the leaves when
 * a condition is translated, since TDengine's {@code NOT} makes true of unknown. A leaf is never
 * true for NULL but {@link Absence}.
 */
public sealed interface Predicate extends Serializable {

    /** How two values compare. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }

        /** As SQL writes it. */
        public String sql() {
            return sql;
        }

        /** The operator that is true where this one is false. */
        public Operator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** The operator with its sides changed. */
        public Operator flipped() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** The columns that it looks at. */
    Set<ScanField> fields();

    /** All parts hold. */
    record All(List<Predicate> parts) implements Predicate {
        private static final long serialVersionUID = 1L;

        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public Set<ScanField> fields() {
            return union(parts);
        }

        @Override
        public String toString() {
            return join(parts, " AND ");
        }
    }

    /** At least one part holds. */
    record Any(List<Predicate> parts) implements Predicate {
        private static final long serialVersionUID = 1L;

        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public Set<ScanField> fields() {
            return union(parts);
        }

        @Override
        public String toString() {
            return join(parts, " OR ");
        }
    }

    /**
     * A column compares so with a value.
     *
     * @param value a Boolean, BigDecimal, String or Instant
     */
    record Comparison(ScanField field, Operator operator, Serializable value) implements Predicate {
        private static final long serialVersionUID = 1L;

        @Override
        public Set<ScanField> fields() {
            return Set.of(field);
        }

        @Override
        public String toString() {
            String shown = value instanceof String text ? "'" + text + "'" : value.toString();
            return field.name() + " " + operator.sql() + " " + shown;
        }
    }

    /** A column is NULL, or is not. */
    record Absence(ScanField field, boolean absent) implements Predicate {
        private static final long serialVersionUID = 1L;

        @Override
        public Set<ScanField> fields() {
            return Set.of(field);
        }

        @Override
        public String toString() {
            return field.name() + (absent ? " IS NULL" : " IS NOT NULL");
        }
    }

    /** A text is like a pattern of SQL, without an escape character. */
    record Likeness(ScanField field, String pattern) implements Predicate {
        private static final long serialVersionUID = 1L;

        @Override
        public Set<ScanField> fields() {
            return Set.of(field);
        }

        @Override
        public String toString() {
            return field.name() + " LIKE '" + pattern + "'";
        }
    }

    private static Set<ScanField> union(List<Predicate> parts) {
        Set<ScanField> fields = new LinkedHashSet<>();
        parts.forEach(part -> fields.addAll(part.fields()));
        return fields;
    }

    private static String join(List<Predicate> parts, String operator) {
        return parts.stream()
                .map(Predicate::toString)
                .collect(Collectors.joining(operator, "(", ")"));
    }
}
