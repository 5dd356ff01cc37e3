package io.millrace.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule or a settings file is wrong. The message is ready to print: file, line, column, what is
 * wrong and what to do, then the line with a caret.
 */
public class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An array, since not every list can be serialized. */
    private final Problem[] problems;

    public RuleException(String message) {
        this(message, null);
    }

    public RuleException(String message, Throwable cause) {
        this(Problem.error(message), cause);
    }

    public RuleException(Problem problem, Throwable cause) {
        this(List.of(problem), cause);
    }

    /** Several at once: the message has all of them. */
    public RuleException(List<Problem> problems, Throwable cause) {
        super(
                problems.stream()
                        .map(Problem::text)
                        .collect(Collectors.joining(System.lineSeparator())),
                cause);
        this.problems = problems.toArray(Problem[]::new);
    }

    /** What is wrong; at least one. */
    public List<Problem> problems() {
        return List.of(problems);
    }
}
