package io.millrace.rule.emqx.convert;

/**
 * A part of a rule for which the Flink SQL differs.
 *
 * @param offset where the part begins in the rule
 * @param converted whether there is SQL for it all the same, which differs only as the message says
 * @param message what differs and why
 */
public record Remark(int offset, boolean converted, String message) {}
