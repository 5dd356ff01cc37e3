package io.millrace.rule.plan;

import io.millrace.rule.RuleException;

/** Says what Flink's planner complains of in words that help. Used by one thread. */
final class PlannerErrors {
    private final Session session;
    private final TopicTables topics;

    PlannerErrors(Session session, TopicTables topics) {
        this.session = session;
        this.topics = topics;
    }

    /** All errors that a failure shows in a rule. */
    RuleException of(Rule rule, RuntimeException failure) {

        if (rule.emqx().isEmpty()) {
            try {
                session.tables().sqlQuery(rule.queryText());
            } catch (RuntimeException wrong) {
                return new WrongNames(session, topics, rule).of(wrong);
            }
        }
        return new RuleException(
                new PlannerWords(
                                rule,
                                new NamesAt(
                                        session, topics, rule, new MaskedText(rule.queryText())))
                        .problem(failure),
                failure);
    }
}
