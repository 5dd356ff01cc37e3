/**
 * The text of an EMQX rule, from characters to a syntax tree: {@link
 * io.millrace.rule.emqx.syntax.RuleParser} is where to begin. Everything here is immutable.
 */
package io.millrace.rule.emqx.syntax;
