package io.millrace.devkit.tdengine.sql;

import java.time.Instant;
import java.util.Locale;

/** Unit of a database's timestamps. The ordinal is TDengine's code of it. */
public enum Precision {
    MS(3),
    US(6),
    NS(9);

    private final int digits;
    private final long perSecond;

    Precision(int digits) {
        this.digits = digits;
        this.perSecond = (long) Math.pow(10, digits);
    }

    /** Digits after the decimal point of a second. */
    public int digits() {
        return digits;
    }

    /** Ticks of one second. */
    public long perSecond() {
        return perSecond;
    }

    /** Nanoseconds of one tick. */
    public long nanosPerTick() {
        return 1_000_000_000L / perSecond;
    }

    /** The instant as ticks since 1970. */
    public long ticks(Instant instant) {
        return instant.getEpochSecond() * perSecond + instant.getNano() / nanosPerTick();
    }

    /** The instant that lies so many ticks after 1970. */
    public Instant instant(long ticks) {
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, perSecond), Math.floorMod(ticks, perSecond) * nanosPerTick());
    }

    /** Ticks of the other precision as ticks of this one. */
    public long from(long ticks, Precision other) {
        return other.perSecond <= perSecond
                ? ticks * (perSecond / other.perSecond)
                : Math.floorDiv(ticks, other.perSecond / perSecond);
    }

    /**
     * Length of a duration as TDengine writes it, {@code 10s}.
     *
     * @param amount the number
     * @param unit one of b, u, a, s, m, h, d, w
     */
    public long ticks(long amount, char unit) {
        return switch (Character.toLowerCase(unit)) {
            case 'b' -> amount / nanosPerTick();
            case 'u' -> amount * 1_000 / nanosPerTick();
            case 'a' -> amount * (perSecond / 1_000);
            case 's' -> amount * perSecond;
            case 'm' -> amount * 60 * perSecond;
            case 'h' -> amount * 3_600 * perSecond;
            case 'd' -> amount * 86_400 * perSecond;
            case 'w' -> amount * 604_800 * perSecond;
            default ->
                    throw TaosException.unsupported(
                            "The duration " + amount + unit + " (a calendar unit)");
        };
    }

    /** TDengine's name of it: ms, us or ns. */
    public String sql() {
        return name().toLowerCase(Locale.ROOT);
    }
}
