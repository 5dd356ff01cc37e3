package io.millrace.tdengine.client;

import java.time.Instant;
import java.util.Locale;

/** The unit in which a database keeps its times. */
public enum TimePrecision {
    MILLISECOND("ms", 3, 1_000L),
    MICROSECOND("us", 6, 1_000_000L),
    NANOSECOND("ns", 9, 1_000_000_000L);

    private final String symbol;
    private final int digits;
    private final long perSecond;

    TimePrecision(String symbol, int digits, long perSecond) {
        this.symbol = symbol;
        this.digits = digits;
        this.perSecond = perSecond;
    }

    /**
     * Reads what {@code information_schema.ins_databases} says: {@code ms}, {@code us} or {@code
     * ns}.
     */
    public static TimePrecision parse(String symbol) {
        for (TimePrecision precision : values()) {
            if (precision.symbol.equals(symbol.toLowerCase(Locale.ROOT))) {
                return precision;
            }
        }
        throw new IllegalArgumentException(
                "Time precision '" + symbol + "' is not known; known are ms, us and ns.");
    }

    /** {@code ms}, {@code us} or {@code ns}. */
    public String symbol() {
        return symbol;
    }

    /** Decimals of a second: 3, 6 or 9. */
    public int digits() {
        return digits;
    }

    /** How many of this unit a second has. */
    public long perSecond() {
        return perSecond;
    }

    /**
     * Converts an instant to this unit; what is finer is cut off towards the past.
     *
     * @param millis milliseconds since 1970-01-01T00:00:00Z, may be negative
     * @param nanoOfMilli 0 to 999,999
     * @throws ArithmeticException if the time does not fit into a long
     */
    public long of(long millis, int nanoOfMilli) {
        return switch (this) {
            case MILLISECOND -> millis;
            case MICROSECOND ->
                    Math.addExact(Math.multiplyExact(millis, 1_000L), nanoOfMilli / 1_000);
            case NANOSECOND -> Math.addExact(Math.multiplyExact(millis, 1_000_000L), nanoOfMilli);
        };
    }

    /**
     * Converts an epoch number of some unit to this one.
     *
     * @param unitsPerSecond 1, 1,000, 1,000,000 or 1,000,000,000
     * @throws ArithmeticException if the time does not fit into a long
     */
    public long of(long epoch, long unitsPerSecond) {
        return unitsPerSecond <= perSecond
                ? Math.multiplyExact(epoch, perSecond / unitsPerSecond)
                : Math.floorDiv(epoch, unitsPerSecond / perSecond);
    }

    /** The instant of a time of this unit. */
    public Instant toInstant(long time) {
        long nanos = Math.floorMod(time, perSecond) * (1_000_000_000L / perSecond);
        return Instant.ofEpochSecond(toSeconds(time), nanos);
    }

    /** Whole seconds since 1970 of a time of this unit. */
    public long toSeconds(long time) {
        return Math.floorDiv(time, perSecond);
    }
}
