package io.millrace.rule.operator;

import io.millrace.functions.value.Described;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongFunction;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Converters into columns of numbers. Text that is a number counts as one. Stateless. */
final class NumberConverters {
    /** No column holds more digits; beyond it a short text could be a number of gigabytes. */
    private static final int MOST_DIGITS = 400;

    /** From here on all floats are whole numbers. */
    private static final double ALL_WHOLE = 0x1p53;

    private NumberConverters() {}

    static ValueConverter whole(LogicalType type, long min, long max, LongFunction<Object> result) {
        return value -> {
            if (value instanceof Long number && number >= min && number <= max) {
                return result.apply(number);
            }
            BigDecimal number = number(value, type);
            if (!isWhole(number)) {
                throw new MisfitException(
                        "%s is no whole number; %s takes no other. Use round() or int()."
                                .formatted(Described.of(value), type.asSummaryString()));
            }
            BigInteger whole = number.toBigInteger();
            if (whole.bitLength() > 63 || whole.longValue() < min || whole.longValue() > max) {
                throw new MisfitException(
                        "%s is out of range; %s holds %d to %d."
                                .formatted(Described.of(value), type.asSummaryString(), min, max));
            }
            return result.apply(whole.longValue());
        };
    }

    static ValueConverter real(LogicalType type) {
        return value ->
                value instanceof Double number ? number : finite(value, type, Double.MAX_VALUE);
    }

    static ValueConverter single(LogicalType type) {
        return value -> {
            double number =
                    value instanceof Double real && Math.abs(real) <= Float.MAX_VALUE
                            ? real
                            : finite(value, type, Float.MAX_VALUE);
            return (float) number;
        };
    }

    private static double finite(Object value, LogicalType type, double max)
            throws MisfitException {
        double number = value instanceof Long whole ? whole : number(value, type).doubleValue();
        if (Math.abs(number) > max) {
            throw new MisfitException(
                    "%s is out of range; %s holds up to %s."
                            .formatted(Described.of(value), type.asSummaryString(), max));
        }
        return number;
    }

    static ValueConverter decimal(DecimalType type) {
        return value -> {
            BigDecimal number = number(value, type).stripTrailingZeros();
            if (number.scale() > type.getScale()) {
                throw new MisfitException(
                        "%s has more than %d decimals, and %s holds no more. Use float(x, %d)."
                                .formatted(
                                        Described.of(value),
                                        type.getScale(),
                                        type.asSummaryString(),
                                        type.getScale()));
            }
            DecimalData decimal =
                    DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale());
            if (decimal == null) {
                throw new MisfitException(
                        "%s is out of range; %s holds %d digits before the point."
                                .formatted(
                                        Described.of(value),
                                        type.asSummaryString(),
                                        type.getPrecision() - type.getScale()));
            }
            return decimal;
        };
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static BigDecimal number(Object value, LogicalType type) throws MisfitException {
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Double number) {
            // The digits that it is written with, as long as they tell it exactly.
            return Math.abs(number) < ALL_WHOLE
                    ? BigDecimal.valueOf(number)
                    : new BigDecimal(number);
        }
        BigDecimal number = null;
        if (value instanceof BigInteger big) {
            number = new BigDecimal(big);
        } else if (value instanceof String text) {
            try {
                number = new BigDecimal(text.strip());
            } catch (NumberFormatException e) {
                // Told below.
            }
        }
        if (number == null) {
            throw new MisfitException(
                    "%s is no number; the column is %s."
                            .formatted(Described.of(value), type.asSummaryString()));
        }
        long digits = (long) number.precision() - number.scale();
        if (digits > MOST_DIGITS || number.scale() > MOST_DIGITS) {
            throw new MisfitException(
                    "%s has too many digits; the column is %s."
                            .formatted(Described.of(value), type.asSummaryString()));
        }
        return number;
    }
}
