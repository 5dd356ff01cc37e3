package io.millrace.rule.plan;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is found while a job is planned. A job that is to run ends with the first error; a check
 * goes on behind it, and leaves out what depends on it. Used by one thread.
 */
final class Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final boolean collecting;
    private final Set<Problem> problems = new LinkedHashSet<>();

    private Findings(boolean collecting) {
        this.collecting = collecting;
    }

    /** For a job that is to run: the first error is thrown. */
    static Findings ofRun() {
        return new Findings(false);
    }

    /** For a check: errors are kept. */
    static Findings ofCheck() {
        return new Findings(true);
    }

    /** Whether errors are kept. */
    boolean isCheck() {
        return collecting;
    }

    /** What works and is probably not meant. */
    void warn(Rule rule, int offset, String message) {
        warn(rule, offset, message, "");
    }

    /** What works and is probably not meant, and what to do. */
    void warn(Rule rule, int offset, String message, String remedy) {
        add(rule.problem(Problem.Severity.WARNING, offset, message, remedy));
    }

    /** What works, and how. Only a check tells. */
    void note(Rule rule, int offset, String message) {
        note(rule, offset, message, "");
    }

    /** What works, and how, and what else can be done. Only a check tells. */
    void note(Rule rule, int offset, String message, String remedy) {
        if (collecting) {
            add(rule.problem(Problem.Severity.NOTE, offset, message, remedy));
        }
    }

    /** Adds something, once. */
    void add(Problem problem) {
        if (problems.add(problem) && !collecting) {
            LOG.warn("{}", problem.text());
        }
    }

    /** Keeps an error, or throws it. */
    void failed(RuleException wrong) {
        if (!collecting) {
            throw wrong;
        }
        wrong.problems().forEach(this::add);
    }

    /** What the step gives; empty if it failed and errors are kept. */
    <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (RuleException wrong) {
            failed(wrong);
            return Optional.empty();
        }
    }

    /** Whether the step did not fail. */
    boolean attempt(Runnable step) {
        return attempt(
                        () -> {
                            step.run();
                            return true;
                        })
                .isPresent();
    }

    /** Whether there is an error among them. */
    boolean hasErrors() {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** Everything so far, in the order in which it was found. */
    List<Problem> all() {
        return List.copyOf(problems);
    }
}
