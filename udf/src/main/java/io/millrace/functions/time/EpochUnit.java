package io.millrace.functions.time;

import io.millrace.functions.value.FunctionException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The units in which functions count time since 1970-01-01T00:00:00Z. */
public enum EpochUnit {
    SECOND(0),
    MILLISECOND(3),
    MICROSECOND(6),
    NANOSECOND(9);

    private final int digits;
    private final long perSecond;

    EpochUnit(int digits) {
        this.digits = digits;
        long units = 1;
        for (int i = 0; i < digits; i++) {
            units *= 10;
        }
        this.perSecond = units;
    }

    /**
     * Finds a unit by its name in SQL.
     *
     * @throws FunctionException {@code invalid_time_unit}
     */
    public static EpochUnit named(String name) {
        return switch (name) {
            case "second" -> SECOND;
            case "millisecond" -> MILLISECOND;
            case "microsecond" -> MICROSECOND;
            case "nanosecond" -> NANOSECOND;
            default ->
                    throw new FunctionException(
                            "invalid_time_unit",
                            "unit '" + name + "' is not known; allowed are " + allowed() + ".");
        };
    }

    private static String allowed() {
        return Arrays.stream(values())
                .map(unit -> "'" + unit.sqlName() + "'")
                .collect(Collectors.joining(", "));
    }

    /** Returns the name that SQL uses, such as {@code millisecond}. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how many decimals of a second the unit has: 0, 3, 6 or 9. */
    public int digits() {
        return digits;
    }

    /** Returns how many of the unit make a second. */
    public long perSecond() {
        return perSecond;
    }

    /**
     * Reads the clock in this unit. Two calls may give the same number, since clocks tick in steps;
     * the clock may also be set back.
     */
    public long now(Clock clock) {
        return switch (this) {
            case SECOND -> Math.floorDiv(clock.millis(), 1000L);
            case MILLISECOND -> clock.millis();
            // Java's only clock finer than a millisecond.
            case MICROSECOND, NANOSECOND -> of(clock.instant());
        };
    }

    /**
     * Counts an instant in this unit; finer parts are cut off (towards the past).
     *
     * @throws FunctionException {@code badarg} if 64 bits do not hold it (nanoseconds: outside of
     *     the years 1677 to 2262)
     */
    public long of(Instant instant) {
        return count(instant.getEpochSecond(), instant.getNano());
    }

    /** Counts whole seconds since the epoch and nanoseconds (0 to 999,999,999) after them. */
    long count(long epochSecond, long nanoOfSecond) {
        try {
            return Math.addExact(
                    Math.multiplyExact(epochSecond, perSecond),
                    nanoOfSecond / (NANOSECOND.perSecond / perSecond));
        } catch (ArithmeticException e) {
            throw new FunctionException(
                    "badarg",
                    "the time "
                            + epochSecond
                            + " s after 1970 is too far away to be counted in "
                            + sqlName()
                            + "s with 64 bits; use a coarser unit.");
        }
    }

    /** Returns the last whole second at or before a time in this unit. */
    public long epochSecond(long time) {
        return Math.floorDiv(time, perSecond);
    }

    /** Returns the nanoseconds, 0 to 999,999,999, that a time has after its whole second. */
    public int nanoOfSecond(long time) {
        return (int) (Math.floorMod(time, perSecond) * (NANOSECOND.perSecond / perSecond));
    }

    /**
     * Returns the last whole second at or before a time in this unit, if its year has at most four
     * digits: the range that Flink's timestamps have.
     *
     * @throws FunctionException {@code badarg}, since such a time is most likely in another unit
     */
    public long epochSecondInYears(long time) {
        long second = epochSecond(time);
        YearRange.check(second, time, this);
        return second;
    }
}
