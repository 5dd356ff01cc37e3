/**
 * Rules: files of Flink SQL that read topics and write TDengine or other topics. Begin with {@link
 * io.millrace.rule.RuleJob}. The way of a rule: package {@code script} reads the file into
 * statements, {@code payload} derives the types of payload members from how the rules use them,
 * {@code plan} makes tables of the topics, converts each output to its target column and hands the
 * whole to Flink.
 */
package io.millrace.rule;
