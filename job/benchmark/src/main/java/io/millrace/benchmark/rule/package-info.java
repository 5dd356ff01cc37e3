/**
 * What a rule costs between the source and the sink. {@link
 * io.millrace.benchmark.rule.RuleBenchmark} compares the README's rule, in each dialect, with a
 * loop that a person would write by hand.
 */
package io.millrace.benchmark.rule;
