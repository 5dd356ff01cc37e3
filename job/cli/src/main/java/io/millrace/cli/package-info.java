/**
 * The {@code millrace} command. Begin with {@link io.millrace.cli.Millrace}, then {@link
 * io.millrace.cli.RunCommand}: it reads settings and rules, takes the job's {@linkplain
 * io.millrace.cli.state.JobFolder folder} and the newest checkpoint in it, and hands over to {@link
 * io.millrace.cli.job.JobRun}, which runs the job in a {@linkplain
 * io.millrace.cli.flink.LocalCluster local cluster}. Package {@code demo} does the same around
 * embedded servers; only it may use the devkit.
 */
package io.millrace.cli;
