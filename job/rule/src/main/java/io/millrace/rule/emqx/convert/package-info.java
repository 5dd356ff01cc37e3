/**
 * Says in Flink SQL what an EMQX rule says, and what cannot be said so: {@link
 * io.millrace.rule.emqx.convert.FlinkConverter} is where to begin.
 */
package io.millrace.rule.emqx.convert;
