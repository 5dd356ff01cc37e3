package io.millrace.rule.plan;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;

/** A rule is not checked any further, because something that it needs is wrong and was told. */
final class LeftOut extends RuleException {
    private static final long serialVersionUID = 1L;

    private LeftOut(Problem note) {
        super(note, null);
    }

    static LeftOut because(Rule rule, String what) {
        return new LeftOut(
                rule.problem(
                        Problem.Severity.NOTE,
                        rule.statement().offset(),
                        "Rule '%s' needs %s and was not checked any further."
                                .formatted(rule.name(), what)));
    }
}
