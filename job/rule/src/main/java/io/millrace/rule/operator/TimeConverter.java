package io.millrace.rule.operator;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import org.apache.flink.table.data.TimestampData;

/**
 * Converts into columns of times: whole numbers of a unit, and RFC 3339 text.
 *
 * @param unit of whole numbers
 */
record TimeConverter(EpochUnit unit) implements ValueConverter {
    private static final double MOST_WHOLE = 0x1p53;

    @Override
    public Object of(Object value) throws MisfitException {
        try {
            if (value instanceof Long number) {
                return time(number, unit);
            }
            if (value instanceof Double number
                    && number == Math.rint(number)
                    && Math.abs(number) <= MOST_WHOLE) {
                return time((long) (double) number, unit);
            }
            if (value instanceof String text) {
                return ofText(text.strip());
            }
        } catch (FunctionException e) {
            throw new MisfitException(
                    "%s as a time in %ss: %s"
                            .formatted(Described.of(value), unit.sqlName(), e.getMessage()));
        }
        throw noTime(value);
    }

    private Object ofText(String text) throws MisfitException {
        boolean digits = !text.isEmpty() && text.length() <= 19;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = Character.isDigit(text.charAt(i)) || i == 0 && text.charAt(0) == '-';
        }
        try {
            return digits
                    ? time(Long.parseLong(text), unit)
                    : time(Rfc3339.parse(text, EpochUnit.NANOSECOND), EpochUnit.NANOSECOND);
        } catch (FunctionException | NumberFormatException e) {
            throw noTime(text);
        }
    }

    private static TimestampData time(long number, EpochUnit unit) {
        long second = unit.epochSecondInYears(number);
        if (unit == EpochUnit.MILLISECOND) {
            return TimestampData.fromEpochMillis(number);
        }
        int nano = unit.nanoOfSecond(number);
        return TimestampData.fromEpochMillis(second * 1_000 + nano / 1_000_000, nano % 1_000_000);
    }

    private MisfitException noTime(Object value) {
        return new MisfitException(
                "%s is no time; allowed are a whole number of %ss and RFC 3339 text with an offset, such as 2026-01-31T10:00:00Z."
                        .formatted(Described.of(value), unit.sqlName()));
    }
}
