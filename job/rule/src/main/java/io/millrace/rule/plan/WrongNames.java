package io.millrace.rule.plan;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds all wrong names of a query. Flink's planner stops at the first; so each is replaced by what
 * was probably meant, or by NULL, and the query is looked at again. Only wrong names are told of
 * these later looks, since anything else may come from what was put there. For one rule.
 */
final class WrongNames {
    private static final int MAX_LOOKS = 20;

    /** What hides an expression, whatever type its place asks for. */
    private static final List<String> NOTHING =
            List.of("CAST(NULL AS STRING)", "CAST(NULL AS BOOLEAN)", "CAST(NULL AS DOUBLE)");

    private final Session session;
    private final Rule rule;
    private final NameWords words;
    private final PlannerWords others;
    private final MaskedText masked;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Integer> told = new HashSet<>();

    /** What was put where, so that the search ends. */
    private final Set<String> tried = new HashSet<>();

    WrongNames(Session session, TopicTables topics, Rule rule) {
        this.session = session;
        this.rule = rule;
        this.masked = new MaskedText(rule.queryText());
        NamesAt names = new NamesAt(session, topics, rule, masked);
        this.words = new NameWords(session, topics, rule, names);
        this.others = new PlannerWords(rule, names);
    }

    /**
     * Looks for them.
     *
     * @param failure of the query as it is
     */
    RuleException of(RuntimeException failure) {
        RuntimeException next = failure;
        for (int i = 0; i < MAX_LOOKS && next != null && look(next); i++) {
            next = plan();
        }
        return new RuleException(
                problems.stream()
                        .sorted(
                                Comparator.comparingInt(Problem::line)
                                        .thenComparingInt(Problem::column))
                        .toList(),
                failure);
    }

    private RuntimeException plan() {
        try {
            session.tables().sqlQuery(masked.text());
            return null;
        } catch (RuntimeException wrong) {
            return wrong;
        }
    }

    /** Tells a failure, and hides its cause if it can. */
    private boolean look(RuntimeException failure) {
        PlannerFailure found = PlannerFailure.of(failure, masked.text());
        boolean first = problems.isEmpty();
        if (!found.hasPlace() || !found.isNotFound()) {
            if (first) {
                problems.add(others.problem(failure));
            }
            return found.hasPlace() && hide(found, "");
        }
        int start = masked.original(found.start(), false);
        int end = Math.max(start + 1, masked.original(found.end(), true));
        if (masked.isReplaced(start)) {
            return hide(found, "");
        }
        Words said = words.of(found, start, end);
        int at = said.offset() < 0 ? start : said.offset();
        if (told.add(at)) {
            problems.add(rule.problem(Problem.Severity.ERROR, at, said.message(), said.remedy()));
        }
        boolean settled = said.offset() < 0;
        boolean guess = !said.instead().isEmpty() || found.kind() != PlannerFailure.Kind.TABLE;
        return settled && guess && hide(found, said.instead());
    }

    /** Puts something else there; false if nothing is left to be tried. */
    private boolean hide(PlannerFailure found, String instead) {
        int start = masked.original(found.start(), false);
        int end = masked.original(found.end(), true);
        for (String text : instead.isEmpty() ? NOTHING : List.of(instead)) {
            if (tried.add(start + " " + end + " " + text)) {
                masked.replace(start, end, text);
                return true;
            }
        }
        return false;
    }
}
