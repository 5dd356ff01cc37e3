package io.millrace.cli.status;

import io.millrace.cli.terminal.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/** Shows a look at a job as lines of at most 100 columns. */
public final class StatusText {
    private static final int WIDTH = 100;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final List<String> HEADS =
            List.of(
                    "rule",
                    "received",
                    "filtered",
                    "passed",
                    "written",
                    "dead",
                    "in flight",
                    "collisions",
                    "lag",
                    "busy",
                    "held");
    private static final int GAP = 2;
    private static final int LONGEST_NAME = 24;

    private final Screen screen;

    /** In this screen's colours. */
    public StatusText(Screen screen) {
        this.screen = screen;
    }

    /** The lines. */
    public List<String> of(JobStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(head(status));
        lines.add(screen.faint(checkpoint(status)));
        status.failure().ifPresent(failure -> lines.add(screen.warning(failure(failure, status))));
        if (status.rules().isEmpty()) {
            lines.add("");
            lines.add(
                    "No numbers of rules yet: Flink shows them some seconds after the job's start,"
                            + " and only");
            lines.add("those of jobs that Millrace has made.");
            return lines;
        }
        lines.add("");
        addTable(status, lines);
        return lines;
    }

    private String head(JobStatus status) {
        String state = status.state();
        Duration age = Duration.between(status.started(), status.at());
        return screen.strong(status.name())
                + "  "
                + (state.equals("RUNNING") ? screen.good(state) : screen.bad(state))
                + "  for "
                + clock(age)
                + "  "
                + (status.restarts() == 0
                        ? "no restarts"
                        : screen.warning(
                                status.restarts() == 1
                                        ? "1 restart"
                                        : status.restarts() + " restarts"))
                + screen.faint("  " + status.rest() + "  " + status.id());
    }

    private static String checkpoint(JobStatus status) {
        JobStatus.Checkpoints checkpoints = status.checkpoints();
        String failed =
                checkpoints.failed() == 0
                        ? ""
                        : "  %,d have failed%s"
                                .formatted(
                                        checkpoints.failed(),
                                        checkpoints
                                                .failure()
                                                .map(last -> ", also the newest: " + last.cause())
                                                .orElse(""));
        return checkpoints
                .last()
                .map(
                        last ->
                                "checkpoint %,d  %s ago, took %d ms, %s%s"
                                        .formatted(
                                                last.id(),
                                                age(last.at(), status.at()),
                                                last.millis(),
                                                bytes(last.bytes()),
                                                failed))
                .orElse("no checkpoint yet" + failed);
    }

    private static String failure(JobStatus.Failure failure, JobStatus status) {
        String text =
                "last failure "
                        + CLOCK.format(failure.at())
                        + " ("
                        + age(failure.at(), status.at())
                        + " ago): "
                        + failure.cause();
        return text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
    }

    private void addTable(JobStatus status, List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        status.rules().forEach(rule -> rows.add(cells(rule)));
        int[] widths = new int[HEADS.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            ToIntFunction<List<String>> width = row -> row.get(column).length();
            widths[i] =
                    Math.max(HEADS.get(i).length(), rows.stream().mapToInt(width).max().orElse(0));
        }
        lines.add(screen.faint(line(HEADS, widths)));
        for (int i = 0; i < rows.size(); i++) {
            RuleStatus rule = status.rules().get(i);
            lines.add(line(rows.get(i), widths));
            lines.add("  " + equation(rule.account()));
            if (rule.outageSeconds() > 0) {
                lines.add(
                        "  "
                                + screen.warning(
                                        "the target has not answered for "
                                                + rule.outageSeconds()
                                                + " s"));
            }
            if (rule.waiting() > 0) {
                lines.add(
                        "  "
                                + screen.faint(
                                        number(rule.waiting())
                                                + " messages wait in front of it, not counted yet"));
            }
        }
    }

    private static List<String> cells(RuleStatus rule) {
        Account account = rule.account();
        String name = rule.name().replaceAll("\\p{Cntrl}", "?");
        return List.of(
                name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name,
                number(account.received()),
                number(rule.filtered()),
                number(rule.passed()),
                number(account.written()),
                number(account.deadLetters()),
                number(account.inFlight()),
                number(account.collisions()),
                seconds(rule.lagMillis()),
                percent(rule.busyPercent()),
                percent(rule.backPressuredPercent()));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? cell + blanks : " ".repeat(GAP) + blanks + cell);
        }
        return line.toString().stripTrailing();
    }

    private String equation(Account account) {
        if (!account.isClaimed()) {
            return screen.faint("no equation: " + account.noClaim());
        }
        List<String> terms = new ArrayList<>();
        terms.add(number(account.filtered()) + " filtered");
        terms.add(number(account.written()) + " written");
        add(account.collisions(), "collided", terms);
        add(account.unconfirmed(), "unconfirmed", terms);
        terms.add(number(account.deadLetters()) + " dead letters");
        terms.add(number(account.inFlight()) + " in flight");
        String sum = String.join(" + ", terms);
        String equal = screen.faint(number(account.received()) + " = " + sum);
        return account.balances()
                ? equal
                : equal
                        + screen.warning(
                                (account.difference() > 0 ? " + " : " - ")
                                        + number(Math.abs(account.difference()))
                                        + " moving");
    }

    private static void add(long value, String what, List<String> terms) {
        if (value > 0) {
            terms.add(number(value) + " " + what);
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? number(value.getAsLong()) : "-";
    }

    private static String percent(int value) {
        return value < 0 ? "-" : value + "%";
    }

    private static String age(Instant then, Instant now) {
        return seconds(Math.max(0, Duration.between(then, now).toMillis()));
    }

    static String seconds(long millis) {
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        Duration time = Duration.ofMillis(millis);
        return time.toMinutes() == 0 ? time.toSeconds() + " s" : clock(time);
    }

    private static String clock(Duration time) {
        long hours = time.toHours();
        return hours == 0
                ? String.format("%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format("%d:%02d:%02d", hours, time.toMinutesPart(), time.toSecondsPart());
    }

    private static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }
}
