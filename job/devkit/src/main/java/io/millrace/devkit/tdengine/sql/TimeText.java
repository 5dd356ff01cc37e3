package io.millrace.devkit.tdengine.sql;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times written as text, as TDengine reads them. */
public final class TimeText {
    private static final Pattern TIME =
            Pattern.compile(
                    "\\s*(\\d{1,4})-(\\d{1,2})-(\\d{1,2})"
                            + "(?:[T ]\\s*(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d+))?"
                            + "(?:([Zz])|([+-])(\\d{2}):?(\\d{2})?)?)?");

    private TimeText() {}

    /**
     * The ticks of a time.
     *
     * @param text {@code 2024-01-01}, {@code 2024-01-01 00:00:00.000} or RFC 3339
     * @param precision the unit of the result
     * @param zone the zone of a text that names none
     * @return empty if the text is no time
     */
    public static OptionalLong parse(String text, Precision precision, ZoneId zone) {
        Matcher m = TIME.matcher(text);
        if (!m.matches()) {
            return OptionalLong.empty();
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            number(m, 1),
                            number(m, 2),
                            number(m, 3),
                            number(m, 4),
                            number(m, 5),
                            0);
            long seconds =
                    (offsetSeconds(m) == NO_OFFSET
                                    ? time.atZone(zone).toEpochSecond()
                                    : time.toEpochSecond(ZoneOffset.UTC) - offsetSeconds(m))
                            + Math.min(number(m, 6), 60);
            return OptionalLong.of(
                    Math.addExact(
                            Math.multiplyExact(seconds, precision.perSecond()),
                            fraction(m.group(7), precision)));
        } catch (DateTimeException | ArithmeticException notATime) {
            return OptionalLong.empty();
        }
    }

    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private static int offsetSeconds(Matcher m) {
        if (m.group(8) != null) {
            return 0;
        }
        if (m.group(9) == null) {
            return NO_OFFSET;
        }
        if (number(m, 10) > 13 || number(m, 11) > 59) {
            throw new DateTimeException("No such offset");
        }
        int seconds = number(m, 10) * 3600 + number(m, 11) * 60;
        return m.group(9).equals("-") ? -seconds : seconds;
    }

    private static long fraction(String digits, Precision precision) {
        if (digits == null) {
            return 0;
        }
        String padded = (digits + "000000000").substring(0, precision.digits());
        return Long.parseLong(padded);
    }

    private static int number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }
}
