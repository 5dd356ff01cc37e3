/**
 * One job from its start to its end. Begin with {@link io.millrace.cli.job.JobRun}; {@link
 * io.millrace.cli.job.Watcher} turns what Flink tells of it into numbers and news for a person.
 */
package io.millrace.cli.job;
