package io.millrace.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/**
 * One look at a running job.
 *
 * @param elapsed since the job was submitted
 * @param rowsPerSecond written, since the look before
 * @param inFlight rows in the batch being built
 * @param note what is not as it should be, or empty
 */
public record Status(
        Duration elapsed,
        long received,
        long written,
        long deadLetters,
        double rowsPerSecond,
        long unacked,
        long inFlight,
        String note) {

    private static final String COLUMNS = "%9s %11s %11s %13s %10s %9s %10s";

    /** The head of {@link #inColumns()}. */
    public static String columnHeads() {
        return String.format(
                COLUMNS,
                "time",
                "received",
                "written",
                "dead letters",
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
                        rate(),
                        number(unacked),
                        number(inFlight))
                + (note.isEmpty() ? "" : "  " + note);
    }

    /** A line that stands alone, with a name before each number. */
    public String inWords() {
        return String.format(
                "%s  received %s  written %s  dead letters %s  %s  un-acked %s  in flight %s%s",
                clock(),
                number(received),
                number(written),
                number(deadLetters),
                rate(),
                number(unacked),
                number(inFlight),
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
