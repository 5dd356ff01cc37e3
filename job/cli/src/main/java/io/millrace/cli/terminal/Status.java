package io.millrace.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/**
 * One look at a running job.
 *
 * @param elapsed since the job was submitted
 * @param collisions rows that gave way to another one with the same key
 * @param rowsPerSecond written, of late
 * @param inFlight rows in the batch being built
 * @param note what is not as it should be, or empty
 */
public record Status(
        Duration elapsed,
        long received,
        long written,
        long deadLetters,
        long collisions,
        double rowsPerSecond,
        long unacked,
        long inFlight,
        String note) {

    private static final String COLUMNS = "%6s%10s%10s%14s%12s%8s%10s%10s";

    /** The head of {@link #inColumns()}. */
    public static String columnHeads() {
        return String.format(
                COLUMNS,
                "time",
                "received",
                "written",
                "dead letters",
                "collisions",
                "rate",
                "un-acked",
                "in flight");
    }

    /** A line for people who watch: the numbers below {@link #columnHeads()}. */
    public String inColumns() {
        return String.format(
                        COLUMNS,
                        clock(),
                        number(received),
                        number(written),
                        number(deadLetters),
                        number(collisions),
                        rate(),
                        number(unacked),
                        number(inFlight))
                + (note.isEmpty() ? "" : "  " + note);
    }

    /** A line that stands alone, with a name before each number; trouble only if there is any. */
    public String inWords() {
        return String.format(
                "%s  received %s  written %s  %s  in flight %s  un-acked %s%s%s%s",
                clock(),
                number(received),
                number(written),
                rate(),
                number(inFlight),
                number(unacked),
                deadLetters == 0 ? "" : "  dead letters " + number(deadLetters),
                collisions == 0 ? "" : "  collisions " + number(collisions),
                note.isEmpty() ? "" : "  " + note);
    }

    private String rate() {
        return number(Math.round(rowsPerSecond)) + "/s";
    }

    private String clock() {
        long hours = elapsed.toHours();
        return hours == 0
                ? String.format("%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart())
                : String.format(
                        "%d:%02d:%02d", hours, elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
