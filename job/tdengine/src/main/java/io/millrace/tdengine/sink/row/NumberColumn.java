package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers of any sort for a column of numbers and rejects what does not fit. Whole columns
 * take whole numbers only: the server would round without a word.
 */
final class NumberColumn {
    private enum Sort {
        WHOLE,
        FLOAT,
        DOUBLE,
        DECIMAL
    }

    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final TargetColumn column;
    private final Sort sort;
    private final long min;

    /** Of {@code BIGINT UNSIGNED} what a long can be; beyond, the decimal path decides. */
    private final long max;

    private final boolean nonFiniteIsNull;

    private NumberColumn(
            TargetColumn column, Sort sort, long min, long max, boolean nonFiniteIsNull) {
        this.column = column;
        this.sort = sort;
        this.min = min;
        this.max = max;
        this.nonFiniteIsNull = nonFiniteIsNull;
    }

    static NumberColumn of(TargetColumn column, EncodingRules.NonFinite nonFinite) {
        boolean asNull = nonFinite == EncodingRules.NonFinite.NULL;
        return switch (column.type()) {
            case TINYINT -> whole(column, Byte.MIN_VALUE, Byte.MAX_VALUE, asNull);
            case SMALLINT -> whole(column, Short.MIN_VALUE, Short.MAX_VALUE, asNull);
            case INT -> whole(column, Integer.MIN_VALUE, Integer.MAX_VALUE, asNull);
            case BIGINT -> whole(column, Long.MIN_VALUE, Long.MAX_VALUE, asNull);
            case TINYINT_UNSIGNED -> whole(column, 0, 255, asNull);
            case SMALLINT_UNSIGNED -> whole(column, 0, 65_535, asNull);
            case INT_UNSIGNED -> whole(column, 0, 4_294_967_295L, asNull);
            case BIGINT_UNSIGNED -> whole(column, 0, Long.MAX_VALUE, asNull);
            case FLOAT -> new NumberColumn(column, Sort.FLOAT, 0, 0, asNull);
            case DOUBLE -> new NumberColumn(column, Sort.DOUBLE, 0, 0, asNull);
            case DECIMAL -> new NumberColumn(column, Sort.DECIMAL, 0, 0, asNull);
            default -> throw new IllegalArgumentException(column + " is no column of numbers");
        };
    }

    private static NumberColumn whole(TargetColumn column, long min, long max, boolean asNull) {
        return new NumberColumn(column, Sort.WHOLE, min, max, asNull);
    }

    boolean whole(long value, GrowingBytes out) throws RowRejectedException {
        switch (sort) {
            case WHOLE -> {
                if (value < min || value > max) {
                    throw outOfRange(Long.toString(value));
                }
                RowValues.append(out, value);
            }
            case FLOAT -> appendFloat(out, (float) (double) value);
            case DOUBLE -> appendDouble(out, value);
            case DECIMAL -> {
                return decimal(BigDecimal.valueOf(value), out);
            }
        }
        return true;
    }

    private static void appendFloat(GrowingBytes out, float value) {
        RowValues.append(out, Float.floatToRawIntBits(value));
    }

    private static void appendDouble(GrowingBytes out, double value) {
        // As text the server refuses what is smaller (C's strtod reports an underflow).
        boolean nothing = Math.abs(value) < Double.MIN_NORMAL && value != 0;
        RowValues.append(out, Double.doubleToRawLongBits(nothing ? 0 : value));
    }

    boolean floating(double value, GrowingBytes out) throws RowRejectedException {
        if (!Double.isFinite(value)) {
            return nonFinite(Double.toString(value));
        }
        switch (sort) {
            case DOUBLE -> appendDouble(out, value);
            case FLOAT -> {
                if (Math.abs(value) > Float.MAX_VALUE) {
                    throw outOfRange(Double.toString(value));
                }
                appendFloat(out, (float) value);
            }
            case WHOLE, DECIMAL -> {
                return decimal(BigDecimal.valueOf(value), out);
            }
        }
        return true;
    }

    boolean floating(float value, GrowingBytes out) throws RowRejectedException {
        if (sort != Sort.FLOAT) {
            return floating((double) value, out);
        }
        if (!Float.isFinite(value)) {
            return nonFinite(Float.toString(value));
        }
        appendFloat(out, value);
        return true;
    }

    private boolean nonFinite(String value) throws RowRejectedException {
        if (!nonFiniteIsNull) {
            throw new RowRejectedException(value + " is no number that TDengine stores");
        }
        return false;
    }

    boolean decimal(BigDecimal value, GrowingBytes out) throws RowRejectedException {
        switch (sort) {
            case WHOLE -> wholeOf(value, out);
            case FLOAT, DOUBLE -> {
                double nearest = value.doubleValue();
                if (Double.isInfinite(nearest)) {
                    throw outOfRange(value.toString());
                }
                return floating(nearest, out);
            }
            case DECIMAL -> {
                if (digitsBeforePoint(value) > column.length() - column.scale()) {
                    throw outOfRange(value.toString());
                }
                // What is too small to show up is 0; written out it could have millions of zeros.
                boolean nothing = digitsBeforePoint(value) < -column.scale() - 1L;
                RowValues.append(out, SqlBytes.ascii(nothing ? "0" : value.toPlainString()));
            }
        }
        return true;
    }

    private void wholeOf(BigDecimal value, GrowingBytes out) throws RowRejectedException {
        // Both guards keep exponents that make millions of digits from the conversion below.
        if (digitsBeforePoint(value) > 20) {
            throw outOfRange(value.toString());
        }
        if (digitsBeforePoint(value) <= 0 && value.signum() != 0) {
            throw notWhole(value);
        }
        BigInteger whole;
        try {
            whole = value.signum() == 0 ? BigInteger.ZERO : value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw notWhole(value);
        }
        BigInteger limit =
                column.type() == TDengineType.BIGINT_UNSIGNED
                        ? MAX_UNSIGNED
                        : BigInteger.valueOf(max);
        if (whole.compareTo(BigInteger.valueOf(min)) < 0 || whole.compareTo(limit) > 0) {
            throw outOfRange(value.toPlainString());
        }
        RowValues.append(out, whole.longValue());
    }

    private static long digitsBeforePoint(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }

    private RowRejectedException notWhole(BigDecimal value) {
        return new RowRejectedException(
                PlainValues.shortened(value.toString())
                        + " is no whole number; "
                        + column.describeType()
                        + " takes no other");
    }

    boolean text(byte[] utf8, GrowingBytes out) throws RowRejectedException {
        String text = new String(utf8, StandardCharsets.UTF_8).strip();
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new RowRejectedException(
                    "'"
                            + PlainValues.shortened(text)
                            + "' is no number; the column is "
                            + column.describeType());
        }
        return decimal(number, out);
    }

    private RowRejectedException outOfRange(String value) {
        String range =
                switch (sort) {
                    case WHOLE ->
                            min
                                    + " to "
                                    + (column.type() == TDengineType.BIGINT_UNSIGNED
                                            ? MAX_UNSIGNED
                                            : Long.toString(max));
                    case FLOAT -> "up to " + Float.MAX_VALUE;
                    case DOUBLE -> "up to " + Double.MAX_VALUE;
                    case DECIMAL -> (column.length() - column.scale()) + " digits before the point";
                };
        return new RowRejectedException(
                PlainValues.shortened(value)
                        + " is out of range; "
                        + column.describeType()
                        + " holds "
                        + range);
    }
}
