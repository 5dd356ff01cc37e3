package io.millrace.rule.emqx;

/**
 * Something in a rule that works and is probably not meant.
 *
 * @param offset where, in the text of the rule
 */
public record Warning(int offset, String message) {}
