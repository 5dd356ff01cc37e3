package io.millrace.rule.plan;

/**
 * Plans the rules of one dialect. All rules of a job are noted before the first is planned, since
 * what they ask of a topic together makes its table.
 */
interface RulePlanner {
    /** Notes the topics that a rule reads and what it asks of them. */
    void note(Rule rule, Target target);

    /**
     * Makes Flink's INSERT statement of a rule.
     *
     * @throws io.millrace.rule.RuleException if the rule is wrong
     */
    String insert(Rule rule, Target target);
}
