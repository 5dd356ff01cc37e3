package io.millrace.rule.plan;

import io.millrace.rule.payload.Origin;
import java.util.List;
import java.util.Optional;

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
    Planned insert(Rule rule, Target target);

    /** Queries that tell why a rule that was planned gives no row of a message. */
    List<Probe> probes(Rule rule);

    /**
     * The expressions of a rule that was planned which can fail; none if that is kept as letters.
     */
    List<Suspect> suspects(Rule rule);

    /** What the column at a position of {@link Planned#columns} is made of, if that can be said. */
    Optional<Origin> origin(Rule rule, Planned planned, int column);

    /** The unit in which that is counted if it is a number and becomes a time, if it says so. */
    Optional<String> timeUnit(Rule rule, Planned planned, int column);

    /** The name that the rule gives to the value at a position, if it gives one. */
    Optional<String> alias(Rule rule, int column);

    /** Where in the file the column's value stands. */
    int offset(Rule rule, Planned planned, int column);
}
