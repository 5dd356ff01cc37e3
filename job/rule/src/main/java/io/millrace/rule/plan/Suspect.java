package io.millrace.rule.plan;

/**
 * An expression of a rule that can fail.
 *
 * @param place as {@code file:line:column: text}
 * @param query gives its value as text, for each row of the rule's FROM
 */
public record Suspect(String place, String query) {}
