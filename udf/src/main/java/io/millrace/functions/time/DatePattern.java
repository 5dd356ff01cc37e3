package io.millrace.functions.time;

import io.millrace.functions.value.FunctionException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled format such as {@code %Y-%m-%d %H:%M:%S.%3N%:z}. Codes are those of {@link DateField};
 * any other text stands for itself. Immutable, so any number of threads may use it.
 *
 * <p>Two habits of EMQX are kept, since rules rely on them. When writing, a time before 1970 is cut
 * towards 1970 and its fraction keeps the sign. When reading, text between codes is skipped by its
 * length without being compared, and what follows the last code is ignored.
 */
public final class DatePattern {
    private static final List<DateField> MANDATORY =
            List.of(
                    DateField.YEAR,
                    DateField.MONTH,
                    DateField.DAY,
                    DateField.HOUR,
                    DateField.MINUTE,
                    DateField.SECOND);

    /** A code, or a text if the field is null. */
    private record Part(DateField field, String text) {}

    private final String source;
    private final List<Part> parts;

    private DatePattern(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /** Compiles a format; every text is one. */
    public static DatePattern compile(String format) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); ) {
            DateField field = DateField.at(format, i);
            if (field == null) {
                text.append(format.charAt(i++));
                continue;
            }
            addText(parts, text);
            parts.add(new Part(field, field.code()));
            i += field.code().length();
        }
        addText(parts, text);
        return new DatePattern(format, List.copyOf(parts));
    }

    private static void addText(List<Part> parts, StringBuilder text) {
        if (!text.isEmpty()) {
            parts.add(new Part(null, text.toString()));
            text.setLength(0);
        }
    }

    /**
     * Checks that the format can be read: that it has all of year, month, day, hour, minute and
     * second.
     *
     * @throws FunctionException {@code missing_date_part}
     */
    public DatePattern requireReadable() {
        for (DateField field : MANDATORY) {
            if (parts.stream().noneMatch(part -> part.field == field)) {
                throw new FunctionException(
                        "missing_date_part",
                        "format '"
                                + source
                                + "' has no "
                                + field.code()
                                + "; a time needs all of %Y, %m, %d, %H, %M and %S.");
            }
        }
        return this;
    }

    /** Writes a time as a clock with the offset shows it. */
    public String format(long time, EpochUnit unit, TimeOffset offset) {
        int offsetSeconds = offset.secondsAt(unit.epochSecond(time));
        long second = unit.epochSecond(time) + offsetSeconds;
        long fraction = Math.floorMod(time, unit.perSecond());
        if (second < 0 && fraction > 0) {
            second++;
            fraction -= unit.perSecond();
        }
        long nano = fraction * (EpochUnit.NANOSECOND.perSecond() / unit.perSecond());
        LocalDate date;
        try {
            date = LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L));
        } catch (DateTimeException e) {
            throw new FunctionException(
                    "badarg", time + " as a number of " + unit.sqlName() + "s has no date.");
        }
        int secondOfDay = (int) Math.floorMod(second, 86_400L);
        StringBuilder out = new StringBuilder(source.length() + 16);
        for (Part part : parts) {
            if (part.field == null) {
                out.append(part.text);
            } else {
                part.field.write(out, date, secondOfDay, nano, offsetSeconds);
            }
        }
        return out.toString();
    }

    /**
     * Reads a time. An offset in the text and the given one add up, as in EMQX.
     *
     * @param offset of the clock that the text is from, if the text itself has none
     * @throws FunctionException {@code missing_date_part} if format or text lack a part, {@code
     *     badmatch} if the text does not match, {@code badarg} if there is no such date
     */
    public long parse(String text, EpochUnit unit, TimeOffset offset) {
        Map<DateField, Integer> values = new EnumMap<>(DateField.class);
        int at = 0;
        for (Part part : parts) {
            if (at == text.length()) {
                break;
            }
            int end = at + (part.field == null ? part.text.length() : part.field.width());
            if (end > text.length()) {
                throw mismatch(text);
            }
            if (part.field != null) {
                values.put(part.field, value(part.field, text, at, end));
            }
            at = end;
        }
        return count(text, values, unit, offset);
    }

    private int value(DateField field, String text, int start, int end) {
        if (field.isOffset()) {
            String digits = text.substring(start, end);
            if (digits.charAt(0) != '+' && digits.charAt(0) != '-') {
                throw mismatch(text);
            }
            return TimeOffset.parse(digits, ZoneOffset.UTC).secondsAt(0);
        }
        int number = Digits.read(text, start, end - start);
        if (number < 0) {
            throw mismatch(text);
        }
        return number;
    }

    private long count(
            String text, Map<DateField, Integer> values, EpochUnit unit, TimeOffset offset) {
        for (DateField field : MANDATORY) {
            if (!values.containsKey(field)) {
                throw new FunctionException(
                        "missing_date_part",
                        "'" + text + "' read as '" + source + "' has no " + field.code() + ".");
            }
        }
        long second = localSecond(text, values);
        second -= offset.secondsAtLocal(second);
        long nano = 0;
        for (Map.Entry<DateField, Integer> entry : values.entrySet()) {
            if (entry.getKey().isOffset()) {
                second -= entry.getValue();
            }
            nano += entry.getValue() * entry.getKey().nanosPerUnit();
        }
        if (!YearRange.contains(second)) {
            throw noSuchDate(text);
        }
        return unit.count(second + nano / 1_000_000_000L, nano % 1_000_000_000L);
    }

    private long localSecond(String text, Map<DateField, Integer> values) {
        int hour = values.get(DateField.HOUR);
        int minute = values.get(DateField.MINUTE);
        int second = values.get(DateField.SECOND);
        if (hour > 23 || minute > 59 || second > 60) {
            throw noSuchDate(text);
        }
        try {
            return LocalDate.of(
                                            values.get(DateField.YEAR),
                                            values.get(DateField.MONTH),
                                            values.get(DateField.DAY))
                                    .toEpochDay()
                            * 86_400L
                    + hour * 3600L
                    + minute * 60L
                    + second;
        } catch (DateTimeException e) {
            throw noSuchDate(text);
        }
    }

    private FunctionException mismatch(String text) {
        return new FunctionException(
                "badmatch", "'" + text + "' does not match the format '" + source + "'.");
    }

    private FunctionException noSuchDate(String text) {
        return new FunctionException(
                "badarg", "'" + text + "' read as '" + source + "' is no date that exists.");
    }
}
