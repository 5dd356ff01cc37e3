package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.scan.Predicate.Absence;
import io.millrace.tdengine.scan.Predicate.Comparison;
import io.millrace.tdengine.scan.Predicate.Likeness;
import io.millrace.tdengine.scan.Predicate.Operator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes conditions in TDengine's words. What is written holds for every row for which the
 * condition holds. For whole numbers, times, Booleans and names of sub-tables it holds for no
 * other; where TDengine compares in its own way it may hold for more. Stateless but for the table.
 */
public final class PredicateRenderer {
    private static final int LONGEST_TABLE_NAME = 192;

    /** TDengine refuses longer patterns. */
    private static final int LONGEST_PATTERN = 100;

    /** Beyond these, a literal would need an exponent. */
    private static final BigDecimal LARGEST_DOUBLE = new BigDecimal("1e15");

    private static final int LONGEST_SCALE = 20;

    private final ReadTable table;
    private final long unitsPerSecond;
    private final WholeNumbers wholeNumbers;

    /**
     * Makes a renderer.
     *
     * @param unitsPerSecond of whole numbers that stand for a time
     */
    public PredicateRenderer(ReadTable table, long unitsPerSecond) {
        this.table = table;
        this.unitsPerSecond = unitsPerSecond;
        this.wholeNumbers = new WholeNumbers(table.precision(), unitsPerSecond);
    }

    private Condition render(Predicate predicate) {
        if (predicate instanceof Predicate.All all) {
            return Condition.all(all.parts().stream().map(this::render).toList());
        }
        if (predicate instanceof Predicate.Any any) {
            Condition list = list(any.parts());
            return list != null
                    ? list
                    : Condition.any(any.parts().stream().map(this::render).toList());
        }
        if (predicate instanceof Absence absence) {
            return absence(absence);
        }
        if (predicate instanceof Likeness likeness) {
            return like(likeness);
        }
        return compare((Comparison) predicate);
    }

    /** One IN of many equalities, which TDengine looks up faster; null if they are not that. */
    private Condition list(List<Predicate> parts) {
        Set<String> literals = new LinkedHashSet<>();
        String column = null;
        for (Predicate part : parts) {
            if (!(part instanceof Comparison comparison)
                    || comparison.operator() != Operator.EQUAL) {
                return null;
            }
            Condition rendered = compare(comparison);
            if (rendered.isNever()) {
                continue;
            }
            String start = table.column(comparison.field().name()).sql() + " = ";
            if (rendered.sql() == null
                    || !rendered.sql().startsWith(start)
                    || column != null && !column.equals(start)) {
                return null;
            }
            column = start;
            literals.add(rendered.sql().substring(start.length()));
        }
        if (literals.size() < 2) {
            return null;
        }
        return Condition.of(
                column.substring(0, column.length() - 3)
                        + " IN ("
                        + String.join(", ", literals)
                        + ")");
    }

    private Condition absence(Absence absence) {
        ReadColumn column = table.column(absence.field().name());
        if (!column.isNullable()) {
            return absence.absent() ? Condition.NEVER : Condition.ALWAYS;
        }
        return Condition.of(column.sql() + (absence.absent() ? " IS NULL" : " IS NOT NULL"));
    }

    private Condition compare(Comparison comparison) {
        ReadColumn column = table.column(comparison.field().name());
        return switch (column.type()) {
            case BOOL -> truth(column, comparison);
            case FLOAT, DOUBLE -> nearly(column, comparison);
            case VARCHAR, NCHAR -> text(column, comparison);
            case TIMESTAMP,
                    TINYINT,
                    SMALLINT,
                    INT,
                    BIGINT,
                    TINYINT_UNSIGNED,
                    SMALLINT_UNSIGNED,
                    INT_UNSIGNED,
                    BIGINT_UNSIGNED ->
                    wholeNumbers.compare(column, comparison);
            case DECIMAL, JSON, GEOMETRY, VARBINARY, UNKNOWN -> Condition.ALWAYS;
        };
    }

    private static Condition truth(ReadColumn column, Comparison comparison) {
        if (!(comparison.value() instanceof Boolean value)) {
            return Condition.ALWAYS;
        }
        return switch (comparison.operator()) {
            case EQUAL -> Condition.of(column.sql() + " = " + value);
            case NOT_EQUAL -> Condition.of(column.sql() + " = " + !value);
            default -> Condition.ALWAYS;
        };
    }

    /**
     * TDengine takes numbers for equal that differ by less than some epsilon, so {@code >} would
     * lose rows.
     */
    private static Condition nearly(ReadColumn column, Comparison comparison) {
        if (!(comparison.value() instanceof BigDecimal value)
                || value.abs().compareTo(LARGEST_DOUBLE) > 0
                || value.scale() > LONGEST_SCALE) {
            return Condition.ALWAYS;
        }
        String literal = " " + value.toPlainString();
        return switch (comparison.operator()) {
            case EQUAL -> Condition.of(column.sql() + " =" + literal);
            case LESS, LESS_OR_EQUAL -> Condition.of(column.sql() + " <=" + literal);
            case GREATER, GREATER_OR_EQUAL -> Condition.of(column.sql() + " >=" + literal);
            case NOT_EQUAL -> Condition.ALWAYS;
        };
    }

    private static Condition text(ReadColumn column, Comparison comparison) {
        if (!(comparison.value() instanceof String value)) {
            return Condition.ALWAYS;
        }
        boolean equal = comparison.operator() == Operator.EQUAL;
        if (!equal && comparison.operator() != Operator.NOT_EQUAL) {
            // NCHAR is ordered otherwise than Flink orders text.
            return Condition.ALWAYS;
        }
        if (column.isTableName() && !isPossibleTableName(value)) {
            return equal ? Condition.NEVER : Condition.ALWAYS;
        }
        if (value.indexOf('\0') >= 0) {
            return Condition.ALWAYS;
        }
        return Condition.of(
                column.sql() + " " + comparison.operator().sql() + " " + SqlText.literal(value));
    }

    private static boolean isPossibleTableName(String name) {
        return !name.isEmpty()
                && name.indexOf('\0') < 0
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TABLE_NAME;
    }

    /** TDengine's LIKE ignores case, and its {@code _} is a byte in a VARCHAR. */
    private Condition like(Likeness likeness) {
        ReadColumn column = table.column(likeness.field().name());
        boolean text = column.type() == TDengineType.VARCHAR || column.type() == TDengineType.NCHAR;
        String pattern = likeness.pattern().replace('_', '%').replaceAll("%+", "%");
        if (!text
                || pattern.isEmpty()
                || pattern.length() > LONGEST_PATTERN
                || pattern.indexOf('\\') >= 0
                || pattern.indexOf('\0') >= 0) {
            return Condition.ALWAYS;
        }
        return Condition.of(column.sql() + " LIKE " + SqlText.literal(pattern));
    }

    /**
     * Renders a condition.
     *
     * @param predicate null for none
     * @throws ReadRefusedException if it looks at a column that is missing or is not what it is
     *     declared to be
     */
    public Condition renderAll(Predicate predicate) {
        return renderPart(predicate, column -> true);
    }

    /**
     * Of a condition, the part that must hold and looks only at such columns.
     *
     * @param predicate null for none
     */
    public Condition renderPart(
            Predicate predicate, java.util.function.Predicate<ReadColumn> wanted) {
        if (predicate == null) {
            return Condition.ALWAYS;
        }
        List<Predicate> parts =
                predicate instanceof Predicate.All all ? all.parts() : List.of(predicate);
        List<Condition> rendered = new ArrayList<>();
        for (Predicate part : parts) {
            part.fields().forEach(field -> ValueReaders.of(table, field, unitsPerSecond));
            if (part.fields().stream().map(f -> table.column(f.name())).allMatch(wanted)) {
                rendered.add(render(part));
            }
        }
        return Condition.all(rendered);
    }
}
