/**
 * Rules on sample messages, to see what happens to each: planned as they run, with both ends of the
 * job replaced. Begin with {@link io.millrace.rule.trial.Trial}. {@code TrialModule} gives the
 * planner other factories of tables: {@code SampleTables} reads the samples, one at a time, with
 * the MQTT connector's own decoding, and {@code ShownTables} has sinks tell what they would do. All
 * that happens is written to the {@code TrialLog}, from which {@code TrialResult} is made.
 */
package io.millrace.rule.trial;
