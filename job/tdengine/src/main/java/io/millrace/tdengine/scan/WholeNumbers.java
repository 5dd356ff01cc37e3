package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.scan.Predicate.Comparison;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Compares columns of whole numbers and of times, exactly. A time that is declared coarser than the
 * database keeps it is cut off when it is read; so it compares as a range of the database's times.
 * Values out of a column's range are settled here rather than left to the server. Stateless.
 */
final class WholeNumbers {
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final TimePrecision precision;
    private final long unitsPerSecond;

    WholeNumbers(TimePrecision precision, long unitsPerSecond) {
        this.precision = precision;
        this.unitsPerSecond = unitsPerSecond;
    }

    /** What the column holds: multiples of a step within a range. */
    private record Domain(ReadColumn column, BigInteger step, BigInteger min, BigInteger max) {

        Condition notNull() {
            return column.isNullable()
                    ? Condition.of(column.sql() + " IS NOT NULL")
                    : Condition.ALWAYS;
        }

        /** Whether a value is so many steps or more. */
        Condition atLeast(BigInteger steps) {
            BigInteger bound = steps.multiply(step);
            return bound.compareTo(min) <= 0
                    ? notNull()
                    : bound.compareTo(max) > 0
                            ? Condition.NEVER
                            : Condition.of(column.sql() + " >= " + bound);
        }

        Condition below(BigInteger steps) {
            BigInteger bound = steps.multiply(step);
            return bound.compareTo(max) > 0
                    ? notNull()
                    : bound.compareTo(min) <= 0
                            ? Condition.NEVER
                            : Condition.of(column.sql() + " < " + bound);
        }

        Condition equal(BigInteger steps) {
            if (step.equals(BigInteger.ONE)
                    && steps.compareTo(min) >= 0
                    && steps.compareTo(max) <= 0) {
                return Condition.of(column.sql() + " = " + steps);
            }
            return Condition.all(List.of(atLeast(steps), below(steps.add(BigInteger.ONE))));
        }

        Condition notEqual(BigInteger steps) {
            if (step.equals(BigInteger.ONE)
                    && steps.compareTo(min) >= 0
                    && steps.compareTo(max) <= 0) {
                return Condition.of(column.sql() + " <> " + steps);
            }
            return Condition.any(List.of(below(steps), atLeast(steps.add(BigInteger.ONE))));
        }
    }

    Condition compare(ReadColumn column, Comparison comparison) {
        return switch (column.type()) {
            case TIMESTAMP -> time(column, comparison);
            case TINYINT -> number(column, comparison, 8, true);
            case SMALLINT -> number(column, comparison, 16, true);
            case INT -> number(column, comparison, 32, true);
            case BIGINT -> number(column, comparison, 64, true);
            case TINYINT_UNSIGNED -> number(column, comparison, 8, false);
            case SMALLINT_UNSIGNED -> number(column, comparison, 16, false);
            case INT_UNSIGNED -> number(column, comparison, 32, false);
            case BIGINT_UNSIGNED -> number(column, comparison, 64, false);
            default -> Condition.ALWAYS;
        };
    }

    private static Condition number(
            ReadColumn column, Comparison comparison, int bits, boolean signed) {
        if (!(comparison.value() instanceof BigDecimal value)) {
            return Condition.ALWAYS;
        }
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        BigInteger size = BigInteger.ONE.shiftLeft(bits);
        return compare(
                new Domain(
                        column,
                        BigInteger.ONE,
                        signed ? half.negate() : BigInteger.ZERO,
                        (signed ? half : size).subtract(BigInteger.ONE)),
                comparison.operator(),
                value);
    }

    private Condition time(ReadColumn column, Comparison comparison) {
        BigDecimal seconds;
        long declared;
        LogicalType type = comparison.field().type();
        if (comparison.value() instanceof Instant instant) {
            seconds =
                    BigDecimal.valueOf(instant.getEpochSecond())
                            .add(BigDecimal.valueOf(instant.getNano(), 9));
            declared = BigInteger.TEN.pow(LogicalTypeChecks.getPrecision(type)).longValueExact();
        } else if (comparison.value() instanceof BigDecimal units) {
            // Units are powers of ten, therefore nothing is lost.
            seconds = units.divide(BigDecimal.valueOf(unitsPerSecond));
            declared = unitsPerSecond;
        } else {
            return Condition.ALWAYS;
        }
        long resolution = Math.min(declared, precision.perSecond());
        return compare(
                new Domain(
                        column,
                        BigInteger.valueOf(precision.perSecond() / resolution),
                        MIN_LONG,
                        MAX_LONG),
                comparison.operator(),
                seconds.multiply(BigDecimal.valueOf(resolution)));
    }

    private static Condition compare(Domain domain, Predicate.Operator operator, BigDecimal value) {
        BigInteger floor = value.setScale(0, RoundingMode.FLOOR).toBigInteger();
        BigInteger ceiling = value.setScale(0, RoundingMode.CEILING).toBigInteger();
        boolean whole = floor.equals(ceiling);
        return switch (operator) {
            case EQUAL -> whole ? domain.equal(floor) : Condition.NEVER;
            case NOT_EQUAL -> whole ? domain.notEqual(floor) : domain.notNull();
            case LESS -> domain.below(ceiling);
            case LESS_OR_EQUAL -> domain.below(floor.add(BigInteger.ONE));
            case GREATER -> domain.atLeast(floor.add(BigInteger.ONE));
            case GREATER_OR_EQUAL -> domain.atLeast(ceiling);
        };
    }
}
