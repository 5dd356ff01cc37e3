package io.millrace.rule.plan;

import io.millrace.rule.Places;
import io.millrace.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options with which messages or rows can be lost. Stateless. */
final class Guarantees {
    private static final List<String> LETTERS = List.of("scan.dead-letter", "sink.dead-letter");

    private Guarantees() {}

    /** What the options of a connection give up. */
    static List<Problem> ofConnection(String name, Map<String, String> options, Places places) {
        List<Problem> problems = new ArrayList<>();
        options.forEach(
                (option, value) ->
                        lost(option, value)
                                .ifPresent(
                                        lost ->
                                                problems.add(
                                                        places.problem(
                                                                lost.severity(),
                                                                "connections."
                                                                        + name
                                                                        + "."
                                                                        + option,
                                                                "Connection '%s': %s"
                                                                        .formatted(
                                                                                name,
                                                                                lost.message())))));
        return problems;
    }

    /** What an option gives up, and how much that matters. */
    record Lost(Problem.Severity severity, String message) {}

    /** What the value of an option gives up. */
    static Optional<Lost> lost(String option, String value) {
        if (LETTERS.contains(option) && value.equals("log")) {
            return warning(
                    "'%s' is 'log', which voids the guarantee: what cannot be written is only logged. 'file:/folder' keeps it."
                            .formatted(option));
        }
        if (LETTERS.contains(option) && value.equals("fail")) {
            return warning(
                    "'%s' is 'fail', which voids the guarantee: one bad message ends the job, and again after each restart. 'file:/folder' keeps it and goes on."
                            .formatted(option));
        }
        if ((option.equals("qos") || option.equals("sink.qos")) && value.equals("0")) {
            return note(
                    "'%s' is 0: at most once. What is under way when a connection breaks is lost."
                            .formatted(option));
        }
        if (option.equals("scan.ack-mode") && value.equalsIgnoreCase("receive")) {
            return note(
                    "'scan.ack-mode' is 'receive': at most once. What is not yet written when the job fails is lost.");
        }
        return Optional.empty();
    }

    private static Optional<Lost> warning(String message) {
        return Optional.of(new Lost(Problem.Severity.WARNING, message));
    }

    private static Optional<Lost> note(String message) {
        return Optional.of(new Lost(Problem.Severity.NOTE, message));
    }
}
