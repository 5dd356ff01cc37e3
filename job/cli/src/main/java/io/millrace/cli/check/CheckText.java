package io.millrace.cli.check;

import io.millrace.cli.terminal.Screen;
import io.millrace.rule.Problem;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.plan.PlannedTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a check found, for people: the rules, the topics, and last what is wrong. For one check. */
public final class CheckText {
    private final CheckOutcome outcome;
    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    private CheckText(CheckOutcome outcome, Screen screen) {
        this.outcome = outcome;
        this.screen = screen;
    }

    /** The lines, joined. */
    public static String of(CheckOutcome outcome, Screen screen) {
        CheckText text = new CheckText(outcome, screen);
        text.write();
        return String.join(System.lineSeparator(), text.lines);
    }

    private void write() {
        outcome.rules().forEach(this::rule);
        outcome.topics().forEach(this::topic);
        if (!outcome.explain().isEmpty()) {
            lines.add(screen.strong("Flink's plan"));
            lines.add("");
            outcome.explain().strip().lines().forEach(line -> lines.add("  " + line));
            lines.add("");
        }
        outcome.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.NOTE)
                .forEach(this::problem);
        outcome.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .forEach(this::problem);
        outcome.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(this::problem);
        if (outcome.offline()) {
            lines.add(
                    "No server was asked (--offline): whether the tables exist and their columns fit");
            lines.add("was not compared.");
        }
        for (String reason : outcome.unreachable()) {
            lines.add(screen.warning("not reached") + "  " + reason);
            lines.add("What can be known without it was checked; --offline does not ask at all.");
        }
        if (outcome.offline() || !outcome.unreachable().isEmpty()) {
            outcome.topics().forEach(this::assumed);
            lines.add("");
        }
        lines.add(summary());
    }

    /** With the tables, members that go straight into a column would take its type. */
    private void assumed(PlannedTopic topic) {
        if (!topic.assumed().isEmpty()) {
            lines.add(
                    "Taken for STRING, where a table's column would say the type: %s of \"%s\"."
                            .formatted(String.join(", ", topic.assumed()), topic.filter()));
            lines.add("A line '-- schema:' above the rule says it too.");
        }
    }

    private void rule(PlannedRule rule) {
        lines.add(screen.strong(rule.name()));
        if (!rule.description().isEmpty()) {
            lines.add("  " + rule.description());
        }
        lines.add(
                "  %s → %s"
                        .formatted(
                                rule.topics().isEmpty()
                                        ? "(no topic)"
                                        : rule.topics().stream()
                                                .map(topic -> "\"" + topic + "\"")
                                                .collect(Collectors.joining(", ")),
                                rule.target()));
        lines.add(
                "  "
                        + screen.faint(
                                "%s:%d%s"
                                        .formatted(
                                                rule.file(),
                                                rule.line(),
                                                rule.dialect().equals("flink")
                                                        ? ""
                                                        : ", dialect " + rule.dialect())));
        lines.add("");
    }

    private void topic(PlannedTopic topic) {
        lines.add(
                screen.strong("\"" + topic.filter() + "\"")
                        + " as "
                        + String.join(", ", topic.rules())
                        + (topic.rules().size() == 1 ? " reads it" : " read it"));
        lines.add("");
        topic.ddl().lines().forEach(line -> lines.add("  " + line));
        lines.add("");
    }

    private void problem(Problem problem) {
        List<String> text = problem.text().lines().toList();
        String kind = problem.severity().name().toLowerCase(Locale.ROOT);
        String shown =
                switch (problem.severity()) {
                    case ERROR -> screen.bad(kind);
                    case WARNING -> screen.warning(kind);
                    case NOTE -> screen.faint(kind);
                };
        lines.add(shown + "  " + text.get(0));
        lines.addAll(text.subList(1, text.size()));
        lines.add("");
    }

    private String summary() {
        return "%s, %s: %s, %s, %s."
                .formatted(
                        number(outcome.rules().size(), "rule"),
                        number(outcome.topics().size(), "topic"),
                        number(outcome.count(Problem.Severity.ERROR), "error"),
                        number(outcome.count(Problem.Severity.WARNING), "warning"),
                        number(outcome.count(Problem.Severity.NOTE), "note"));
    }

    private static String number(long count, String what) {
        return (count == 0 ? "no" : count) + " " + what + (count == 1 ? "" : "s");
    }
}
