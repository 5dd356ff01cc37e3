package io.millrace.functions.time;

import io.millrace.functions.value.FunctionException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as RFC 3339 text, such as {@code 2024-02-29T23:59:59.987+00:00}. The text always has a
 * numeric offset when written; {@code Z} is understood when read. Stateless.
 */
public final class Rfc3339 {
    private static final int DATE_TIME_LENGTH = 19;

    private Rfc3339() {}

    /**
     * Writes a time with as many decimals as its unit has.
     *
     * @param offset the offset to show; a part below a minute shows in the time only
     * @throws FunctionException {@code badarg} if the year has not four digits
     */
    public static String format(long time, EpochUnit unit, TimeOffset offset) {
        int offsetSeconds = offset.secondsAt(unit.epochSecond(time));
        long localSecond = unit.epochSecond(time) + offsetSeconds;
        YearRange.check(localSecond, time, unit);
        LocalDateTime date = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(35);
        Digits.append(out, date.getYear(), 4).append('-');
        Digits.append(out, date.getMonthValue(), 2).append('-');
        Digits.append(out, date.getDayOfMonth(), 2).append('T');
        Digits.append(out, date.getHour(), 2).append(':');
        Digits.append(out, date.getMinute(), 2).append(':');
        Digits.append(out, date.getSecond(), 2);
        if (unit != EpochUnit.SECOND) {
            Digits.append(out.append('.'), Math.floorMod(time, unit.perSecond()), unit.digits());
        }
        int minutes = Math.abs(offsetSeconds) / 60;
        Digits.append(out.append(offsetSeconds < 0 ? '-' : '+'), minutes / 60, 2).append(':');
        return Digits.append(out, minutes % 60, 2).toString();
    }

    /**
     * Reads a text. Any one character may stand between date and time; the offset is {@code Z},
     * {@code +hh:mm} or {@code +hh}. The fraction is rounded to the unit, and ignored for seconds.
     * A leap second (60) counts as the second after it.
     *
     * @throws FunctionException {@code badmatch} if it is no such text, {@code badarg} if a part is
     *     out of range
     */
    public static long parse(String text, EpochUnit unit) {
        if (text.length() <= DATE_TIME_LENGTH
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw malformed(text);
        }
        long second = localSecond(text);
        int end = DATE_TIME_LENGTH;
        while (end < text.length() && isFraction(text.charAt(end))) {
            end++;
        }
        second -= offset(text, end);
        if (!YearRange.contains(second)) {
            throw outOfRange(text);
        }
        return add(unit, second, fraction(text, end, unit));
    }

    private static long localSecond(String text) {
        int second = number(text, 17, 2);
        try {
            return LocalDateTime.of(
                                    number(text, 0, 4),
                                    number(text, 5, 2),
                                    number(text, 8, 2),
                                    number(text, 11, 2),
                                    number(text, 14, 2),
                                    second == 60 ? 59 : second)
                            .toEpochSecond(ZoneOffset.UTC)
                    + (second == 60 ? 1 : 0);
        } catch (DateTimeException e) {
            throw outOfRange(text);
        }
    }

    private static boolean isFraction(char c) {
        return c == '.' || c >= '0' && c <= '9';
    }

    private static long fraction(String text, int end, EpochUnit unit) {
        if (end == DATE_TIME_LENGTH) {
            return 0;
        }
        String fraction = text.substring(DATE_TIME_LENGTH, end);
        if (fraction.length() == 1 || fraction.lastIndexOf('.') != 0) {
            throw malformed(text);
        }
        return unit == EpochUnit.SECOND
                ? 0
                : Math.round(unit.perSecond() * Double.parseDouble("0" + fraction));
    }

    private static long add(EpochUnit unit, long second, long fraction) {
        long carry = fraction / unit.perSecond();
        long rest = fraction % unit.perSecond();
        return unit.count(
                second + carry, rest * (EpochUnit.NANOSECOND.perSecond() / unit.perSecond()));
    }

    private static int offset(String text, int start) {
        int length = text.length() - start;
        char first = length == 0 ? ' ' : text.charAt(start);
        if (length == 1 && (first == 'Z' || first == 'z')) {
            return 0;
        }
        boolean minutes = length == 6 && text.charAt(start + 3) == ':';
        if (first != '+' && first != '-' || length != 3 && !minutes) {
            throw malformed(text);
        }
        int hour = number(text, start + 1, 2);
        int minute = minutes ? number(text, start + 4, 2) : 0;
        if (hour > 23 || minute > 59) {
            throw outOfRange(text);
        }
        int seconds = hour * 3600 + minute * 60;
        return first == '-' ? -seconds : seconds;
    }

    private static int number(String text, int start, int length) {
        int number = Digits.read(text, start, length);
        if (number < 0) {
            throw malformed(text);
        }
        return number;
    }

    private static FunctionException malformed(String text) {
        return new FunctionException(
                "badmatch",
                "'"
                        + text
                        + "' is no RFC 3339 time; expected is a form such as"
                        + " '2024-02-29T23:59:59.123Z' or '2024-02-29T23:59:59+08:00'.");
    }

    private static FunctionException outOfRange(String text) {
        return new FunctionException("badarg", "'" + text + "' is no date that exists.");
    }
}
