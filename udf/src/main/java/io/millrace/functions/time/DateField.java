package io.millrace.functions.time;

import java.time.LocalDate;

/** The codes of a {@link DatePattern}. Longer codes come before those that they begin with. */
enum DateField {
    YEAR("%Y", 4),
    MONTH("%m", 2),
    DAY("%d", 2),
    HOUR("%H", 2),
    MINUTE("%M", 2),
    SECOND("%S", 2),
    NANOSECOND("%N", 9),
    MILLISECOND("%3N", 3),
    MICROSECOND("%6N", 6),
    OFFSET("%z", 5),
    OFFSET_COLON("%:z", 6),
    OFFSET_SECONDS("%::z", 9);

    private final String code;
    private final int width;

    DateField(String code, int width) {
        this.code = code;
        this.width = width;
    }

    /** Returns the field whose code stands at the index, or null. */
    static DateField at(String format, int index) {
        if (format.charAt(index) != '%') {
            return null;
        }
        for (DateField field : values()) {
            if (format.startsWith(field.code, index)) {
                return field;
            }
        }
        return null;
    }

    String code() {
        return code;
    }

    /** Returns how many characters the field takes when read. */
    int width() {
        return width;
    }

    boolean isOffset() {
        return this == OFFSET || this == OFFSET_COLON || this == OFFSET_SECONDS;
    }

    /** Returns the nanoseconds of one unit of a fraction, 0 for other fields. */
    long nanosPerUnit() {
        return switch (this) {
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
            default -> 0L;
        };
    }

    void write(StringBuilder out, LocalDate date, int secondOfDay, long nano, int offset) {
        switch (this) {
            case YEAR -> Digits.append(out, date.getYear(), width);
            case MONTH -> Digits.append(out, date.getMonthValue(), width);
            case DAY -> Digits.append(out, date.getDayOfMonth(), width);
            case HOUR -> Digits.append(out, secondOfDay / 3600, width);
            case MINUTE -> Digits.append(out, secondOfDay / 60 % 60, width);
            case SECOND -> Digits.append(out, secondOfDay % 60, width);
            case MILLISECOND, MICROSECOND, NANOSECOND ->
                    Digits.append(out, nano / nanosPerUnit(), width);
            case OFFSET, OFFSET_COLON, OFFSET_SECONDS -> writeOffset(out, offset);
        }
    }

    private void writeOffset(StringBuilder out, int offset) {
        int seconds = Math.abs(offset);
        Digits.append(out.append(offset < 0 ? '-' : '+'), seconds / 3600, 2);
        if (this != OFFSET) {
            out.append(':');
        }
        Digits.append(out, seconds / 60 % 60, 2);
        if (this == OFFSET_SECONDS) {
            Digits.append(out.append(':'), seconds % 60, 2);
        }
    }
}
