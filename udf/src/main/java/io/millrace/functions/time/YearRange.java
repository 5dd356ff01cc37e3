package io.millrace.functions.time;

import io.millrace.functions.value.FunctionException;

/** The years that dates as text can have: 0000 to 9999, in seconds since the epoch. */
final class YearRange {
    private static final long FIRST_SECOND = -62_167_219_200L;
    private static final long END_SECOND = 253_402_300_800L;

    private YearRange() {}

    /**
     * Tests a time that was given as a number.
     *
     * @throws FunctionException {@code badarg} if its year has not four digits
     */
    static void check(long epochSecond, long time, EpochUnit unit) {
        if (!contains(epochSecond)) {
            throw new FunctionException(
                    "badarg",
                    time
                            + " as a number of "
                            + unit.sqlName()
                            + "s lies outside of the years 0000 to 9999; is it in another unit?");
        }
    }

    static boolean contains(long epochSecond) {
        return epochSecond >= FIRST_SECOND && epochSecond < END_SECOND;
    }
}
