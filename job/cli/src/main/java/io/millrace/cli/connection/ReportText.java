package io.millrace.cli.connection;

import io.millrace.cli.terminal.Screen;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Shows a report as lines of at most 100 columns. */
public final class ReportText {
    private static final int WIDTH = 100;
    private static final int MARK = 6;
    private static final int NAME = 16;
    private static final String INDENT = " ".repeat(2 + MARK + NAME);

    private final Screen screen;

    /** In this screen's colours. */
    public ReportText(Screen screen) {
        this.screen = screen;
    }

    /** The lines, joined. */
    public String of(ConnectionReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                screen.strong(report.name())
                        + "  "
                        + screen.faint(report.type() + "  " + report.url()));
        for (Check check : report.checks()) {
            add(check, lines);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private void add(Check check, List<String> lines) {
        String time = check.millis() > 0 ? "  " + check.millis() + " ms" : "";
        List<String> found = wrap(check.found() + time);
        String head = "  " + mark(check.verdict()) + String.format("%-" + NAME + "s", check.name());
        for (int i = 0; i < found.size(); i++) {
            boolean last = i == found.size() - 1;
            String text = found.get(i);
            if (last && !time.isEmpty() && text.endsWith(time.strip())) {
                text =
                        text.substring(0, text.length() - time.strip().length())
                                + screen.faint(time.strip());
            }
            lines.add((i == 0 ? head : INDENT) + text);
        }
        if (!check.remedy().isEmpty()) {
            List<String> remedy = wrap("→ " + check.remedy());
            for (int i = 0; i < remedy.size(); i++) {
                lines.add(INDENT + (i == 0 ? "" : "  ") + remedy.get(i));
            }
        }
    }

    private String mark(Verdict verdict) {
        return switch (verdict) {
            case GOOD -> screen.good("ok") + "    ";
            case WARNING -> screen.warning("warn") + "  ";
            case BAD -> screen.bad("FAIL") + "  ";
            case UNKNOWN -> screen.faint("?") + "     ";
        };
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        int width = WIDTH - INDENT.length() - 2;
        String rest = text.strip();
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** A line on all reports. */
    public String summary(List<ConnectionReport> reports) {
        long bad = reports.stream().filter(r -> r.verdict() == Verdict.BAD).count();
        long warned = reports.stream().filter(r -> r.verdict() == Verdict.WARNING).count();
        String all = reports.size() == 1 ? "1 connection" : reports.size() + " connections";
        if (bad > 0) {
            return screen.bad(all + ", " + bad + " cannot be used as things are.");
        }
        return warned > 0
                ? screen.warning(all + ", all usable, " + warned + " with warnings.")
                : screen.good(all + ", all usable.");
    }
}
