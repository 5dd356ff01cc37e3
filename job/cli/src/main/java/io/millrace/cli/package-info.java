/**
 * The {@code millrace} command. Begin with {@link io.millrace.cli.Millrace}, then {@link
 * io.millrace.cli.RunCommand}: it reads settings and rules, holds a {@linkplain
 * io.millrace.cli.state.JobFolder folder} with the job's checkpoints and hands over to {@link
 * io.millrace.cli.JobRun}, which runs the job in a {@linkplain io.millrace.cli.flink.LocalCluster
 * local cluster} and watches it. Package {@code demo} does the same around embedded servers; only
 * it may use the devkit.
 */
package io.millrace.cli;
