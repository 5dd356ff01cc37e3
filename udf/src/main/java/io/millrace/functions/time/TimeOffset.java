package io.millrace.functions.time;

import io.millrace.functions.value.FunctionException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How far a clock on the wall is ahead of UTC: always the same, or by the rules of a time zone.
 * Java's own {@link ZoneOffset} ends at 18 hours, EMQX's at 23:59:59. Immutable.
 */
public sealed interface TimeOffset {

    /** Returns the seconds ahead of UTC at a second since the epoch. */
    int secondsAt(long epochSecond);

    /** Returns the seconds ahead of UTC when the clock on the wall shows a second. */
    int secondsAtLocal(long localSecond);

    /** The same at all times; also beyond a day. */
    record Fixed(int seconds) implements TimeOffset {
        @Override
        public int secondsAt(long epochSecond) {
            return seconds;
        }

        @Override
        public int secondsAtLocal(long localSecond) {
            return seconds;
        }
    }

    /** By the rules of a zone. An hour that the clock shows twice is taken as the first. */
    record Zone(ZoneId id) implements TimeOffset {
        @Override
        public int secondsAt(long epochSecond) {
            // Beyond what an instant can be, a clock is as far ahead as at its bounds.
            long second =
                    Math.max(
                            Instant.MIN.getEpochSecond(),
                            Math.min(Instant.MAX.getEpochSecond(), epochSecond));
            return id.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }

        @Override
        public int secondsAtLocal(long localSecond) {
            return id.getRules()
                    .getOffset(LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC))
                    .getTotalSeconds();
        }
    }

    /**
     * Makes an offset of a number.
     *
     * @throws FunctionException {@code bad_time_offset} if it is more than a year
     */
    static TimeOffset ofSeconds(long seconds) {
        if (seconds > 31_536_000 || seconds < -31_536_000) {
            throw new FunctionException(
                    "bad_time_offset", "offset " + seconds + " s is more than a year.");
        }
        return new Fixed((int) seconds);
    }

    /**
     * Reads the text of an offset: {@code +hh:mm}, {@code +hhmm}, {@code +hh:mm:ss} (an hour may
     * have one digit before a colon), {@code Z}, {@code z} or {@code local}.
     *
     * @param local the zone that {@code local} stands for
     * @throws FunctionException {@code bad_time_offset} and, for a part out of range, {@code
     *     bad_time_offset_hour}, {@code …_minute}, {@code …_second}
     */
    static TimeOffset parse(String text, ZoneId local) {
        switch (text) {
            case "local":
                return new Zone(local);
            case "Z", "z":
                return new Fixed(0);
            default:
                return parseNumeric(text);
        }
    }

    private static Fixed parseNumeric(String text) {
        char sign = text.isEmpty() ? ' ' : text.charAt(0);
        if (sign != '+' && sign != '-') {
            throw malformed(text);
        }
        String[] parts = text.substring(1).split(":", -1);
        if (parts.length == 1 && parts[0].length() == 4) {
            parts = new String[] {parts[0].substring(0, 2), parts[0].substring(2)};
        }
        if (parts.length != 2 && parts.length != 3) {
            throw malformed(text);
        }
        int seconds =
                part(text, parts[0], "hour", 23) * 3600
                        + part(text, parts[1], "minute", 59) * 60
                        + (parts.length == 3 ? part(text, parts[2], "second", 59) : 0);
        return new Fixed(sign == '-' ? -seconds : seconds);
    }

    private static int part(String text, String digits, String name, int most) {
        int number = digits.length() > 2 ? -1 : Digits.read(digits, 0, digits.length());
        if (number < 0) {
            throw malformed(text);
        }
        if (number > most) {
            throw new FunctionException(
                    "bad_time_offset_" + name,
                    "offset '"
                            + text
                            + "' has "
                            + number
                            + " as its "
                            + name
                            + "; allowed are 0 to "
                            + most
                            + ".");
        }
        return number;
    }

    private static FunctionException malformed(String text) {
        return new FunctionException(
                "bad_time_offset",
                "offset '"
                        + text
                        + "' is not known; allowed are '+hh:mm', '+hhmm', '+hh:mm:ss' (or with '-'),"
                        + " 'Z' and 'local'. Names of zones are not: their offset changes during the"
                        + " year.");
    }
}
