/**
 * EMQX's rule language with EMQX's semantics, in plain Java: {@link io.millrace.rule.emqx.EmqxRule}
 * compiles a rule, {@link io.millrace.rule.emqx.EmqxEvaluator} runs it on messages.
 *
 * <p>From the text to the rows: {@code syntax} parses, {@code Compiler} turns the tree into
 * closures, {@code Program} runs them. A SELECT list is a sequence of assignments; which of them a
 * name means is known when the rule is compiled, so that values live in numbered slots ({@code
 * View}), and only the members of a payload that a rule reads are decoded ({@code json}).
 *
 * <p>EMQX keeps what comes with a message apart from what a rule assigned, even if both have one
 * name; where that shows, comments speak of <em>columns</em> and of <em>named</em> values.
 */
package io.millrace.rule.emqx;
