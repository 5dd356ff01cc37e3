package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.apache.flink.table.data.TimestampData;

/**
 * Readers of dates and times. They take ISO 8601 / RFC 3339 text only: the unit of a number would
 * be a guess. Digits that the type has no room for are cut off.
 */
final class TimeReaders {
    /** RFC 3339 allows a blank between date and time. */
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter();

    private static final DateTimeFormatter WITH_OFFSET =
            new DateTimeFormatterBuilder().append(LOCAL).appendOffset("+HH:MM", "Z").toFormatter();

    private TimeReaders() {}

    /** Days since 1970. */
    static ValueReader ofDate() {
        return parser -> {
            String text = text(parser, "DATE", "such as \"2026-05-31\"");
            try {
                return (int) LocalDate.parse(text).toEpochDay();
            } catch (DateTimeException e) {
                throw wrong(parser, "DATE", "such as \"2026-05-31\"");
            }
        };
    }

    /** Milliseconds of the day. */
    static ValueReader ofTime(int precision) {
        String type = "TIME(" + precision + ")";
        String example = "such as \"23:59:59.999\"";
        return parser -> {
            String text = text(parser, type, example);
            try {
                int millis = (int) (LocalTime.parse(text).toNanoOfDay() / 1_000_000);
                int unit = pow10(3 - Math.min(3, precision));
                return millis / unit * unit;
            } catch (DateTimeException e) {
                throw wrong(parser, type, example);
            }
        };
    }

    static ValueReader ofTimestamp(int precision) {
        String type = "TIMESTAMP(" + precision + ")";
        String example =
                "such as \"2026-05-31T23:59:59.999\"; text with an offset wants TIMESTAMP_LTZ";
        return parser -> {
            String text = text(parser, type, example);
            try {
                LocalDateTime time = LOCAL.parse(withT(text), LocalDateTime::from);
                return TimestampData.fromLocalDateTime(
                        time.withNano(cut(time.getNano(), precision)));
            } catch (DateTimeException e) {
                throw wrong(parser, type, example);
            }
        };
    }

    static ValueReader ofTimestampLtz(int precision) {
        String type = "TIMESTAMP_LTZ(" + precision + ")";
        String example = "such as \"2026-05-31T23:59:59.999Z\" or with an offset, \"+02:00\"";
        return parser -> {
            String text = text(parser, type, example);
            try {
                Instant time = WITH_OFFSET.parse(withT(text), OffsetDateTime::from).toInstant();
                return TimestampData.fromInstant(
                        Instant.ofEpochSecond(
                                time.getEpochSecond(), cut(time.getNano(), precision)));
            } catch (DateTimeException e) {
                throw wrong(parser, type, example);
            }
        };
    }

    private static String text(JsonParser parser, String type, String example) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(parser, type, example);
        }
        return parser.getText();
    }

    private static String withT(String text) {
        return text.length() > 10 && text.charAt(10) == ' '
                ? text.substring(0, 10) + 'T' + text.substring(11)
                : text;
    }

    private static int cut(int nanos, int precision) {
        int unit = pow10(9 - precision);
        return nanos / unit * unit;
    }

    private static int pow10(int exponent) {
        int value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }

    private static PayloadException wrong(JsonParser parser, String type, String example)
            throws IOException {
        return Misfit.of(parser, "which is no " + type + " (text " + example + ").");
    }
}
