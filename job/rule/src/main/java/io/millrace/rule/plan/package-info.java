/**
 * From rule files to a planned Flink job. Begin with {@link io.millrace.rule.plan.JobPlan}: {@code
 * Session} holds the table environment, {@code TopicTables} the topics with their payload types,
 * {@code DeclaredTopics} those that the settings declare, {@code Target} the table or topic that a
 * rule writes and {@code OutputConversion} the way from one to the other.
 */
package io.millrace.rule.plan;
