package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TimePrecision;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Reads a value as a time in the database's unit. */
interface TimeReader {
    /** Stands for NULL; no time that TDengine accepts. */
    long NULL = Long.MIN_VALUE;

    long read(RowData row) throws RowRejectedException;

    /**
     * Makes the reader of a source.
     *
     * @return null if the source's type cannot be a time
     */
    static TimeReader of(
            ValueSource source, TimePrecision precision, EncodingRules rules, Clock clock) {
        long unit = rules.timeUnit().perSecond();
        if (source instanceof ValueSource.Constant constant
                && constant.value() instanceof BigDecimal number) {
            long time = precision.of(number.longValueExact(), unit);
            return row -> time;
        }
        if (source instanceof ValueSource.Field field) {
            return ofField(field, precision, unit);
        }
        if (source instanceof ValueSource.Moment moment) {
            return ofMoment(moment, precision, rules, clock);
        }
        TextReader text = TextReader.of(source);
        return row -> ofText(text.read(row), precision, unit);
    }

    private static TimeReader ofMoment(
            ValueSource.Moment moment, TimePrecision precision, EncodingRules rules, Clock clock) {
        if (moment.base() == null) {
            return row -> {
                Instant now = clock.instant();
                Instant base = moment.today() ? now.truncatedTo(ChronoUnit.DAYS) : now;
                return convert(
                        precision, TimestampData.fromInstant(base.plusNanos(moment.offsetNanos())));
            };
        }
        TimeReader base = of(moment.base(), precision, rules, clock);
        if (base == null) {
            return null;
        }
        long offset = Math.floorDiv(moment.offsetNanos(), 1_000_000_000L / precision.perSecond());
        return row -> {
            long time = base.read(row);
            return time == NULL ? NULL : time + offset;
        };
    }

    private static TimeReader ofField(ValueSource.Field field, TimePrecision precision, long unit) {
        FieldAccess access = new FieldAccess(field);
        int position = access.position();
        LogicalType type = field.type();
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int digits = LogicalTypeChecks.getPrecision(type);
                yield row -> {
                    RowData holder = access.holder(row);
                    if (holder == null) {
                        return NULL;
                    }
                    TimestampData time = holder.getTimestamp(position, digits);
                    return convert(precision, time);
                };
            }
            case BIGINT ->
                    row -> {
                        RowData holder = access.holder(row);
                        return holder == null
                                ? NULL
                                : convert(precision, holder.getLong(position), unit);
                    };
            case INTEGER ->
                    row -> {
                        RowData holder = access.holder(row);
                        return holder == null
                                ? NULL
                                : convert(precision, holder.getInt(position), unit);
                    };
            case CHAR, VARCHAR -> {
                TextReader text = TextReader.of(field);
                yield row -> ofText(text.read(row), precision, unit);
            }
            default -> null;
        };
    }

    private static long convert(TimePrecision precision, TimestampData time)
            throws RowRejectedException {
        try {
            return precision.of(time.getMillisecond(), time.getNanoOfMillisecond());
        } catch (ArithmeticException e) {
            throw outOfRange(time.toString(), precision);
        }
    }

    private static long convert(TimePrecision precision, long epoch, long unit)
            throws RowRejectedException {
        try {
            return precision.of(epoch, unit);
        } catch (ArithmeticException e) {
            throw outOfRange(Long.toString(epoch), precision);
        }
    }

    private static RowRejectedException outOfRange(String value, TimePrecision precision) {
        return new RowRejectedException(
                "time " + value + " does not fit into a time of unit " + precision.symbol());
    }

    private static long ofText(byte[] utf8, TimePrecision precision, long unit)
            throws RowRejectedException {
        if (utf8 == null) {
            return NULL;
        }
        String text = new String(utf8, StandardCharsets.UTF_8).strip();
        try {
            Instant instant = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            return convert(precision, TimestampData.fromInstant(instant));
        } catch (DateTimeParseException notRfc3339) {
            try {
                return convert(precision, Long.parseLong(text), unit);
            } catch (NumberFormatException notNumber) {
                throw new RowRejectedException(
                        "'"
                                + PlainValues.shortened(text)
                                + "' is no time; allowed are a whole number and RFC 3339 with an"
                                + " offset, such as 2026-01-31T10:00:00Z");
            }
        }
    }
}
