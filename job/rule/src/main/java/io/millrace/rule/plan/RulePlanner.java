package io.millrace.rule.plan;

import java.util.List;

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

    /** Queries that tell why a rule that was planned gives no row of a message. */
    List<Probe> probes(Rule rule);

    /**
     * The expressions of a rule that was planned which can fail; none if that is kept as letters.
     */
    List<Suspect> suspects(Rule rule);
}
