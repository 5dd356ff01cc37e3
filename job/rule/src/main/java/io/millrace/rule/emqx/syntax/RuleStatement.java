package io.millrace.rule.emqx.syntax;

import java.util.List;
import java.util.Optional;

/**
 * A rule as it was written.
 *
 * @param foreach whether it is FOREACH, otherwise SELECT
 * @param fields the list behind SELECT or FOREACH
 * @param output the list behind DO, or empty
 */
public record RuleStatement(
        boolean foreach,
        List<Field> fields,
        Optional<List<Field>> output,
        Optional<Expr> incase,
        List<Source> sources,
        Optional<Expr> where) {

    /** What a rule listens to: a topic filter or the name of an event. */
    public record Source(int offset, String name) {}
}
