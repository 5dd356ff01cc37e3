/**
 * What runs of a rule inside a job. {@link io.millrace.rule.operator.EmqxFunction} evaluates a rule
 * of the EMQX dialect for each message and makes rows for the target, or a dead letter where there
 * is none to make; {@link io.millrace.rule.operator.CountedCondition} counts for a rule in Flink
 * SQL what {@code EmqxFunction} counts itself.
 */
package io.millrace.rule.operator;
