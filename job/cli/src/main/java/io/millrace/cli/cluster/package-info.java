/**
 * Jobs that run: in {@code millrace run} on this machine and in a Flink cluster. {@link
 * io.millrace.cli.cluster.ClusterOption} says where the cluster is, {@link
 * io.millrace.cli.cluster.Jobs} finds a job by its name in either place.
 */
package io.millrace.cli.cluster;
