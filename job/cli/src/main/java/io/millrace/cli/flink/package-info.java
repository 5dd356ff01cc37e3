/**
 * Flink in this process and what is read from its REST API: the {@linkplain
 * io.millrace.cli.flink.LocalCluster cluster}, {@linkplain io.millrace.cli.flink.JobWatch one job}
 * seen from outside, its {@linkplain io.millrace.cli.flink.Totals totals}. Reading goes through
 * REST only, so that it would work with a cluster elsewhere too.
 */
package io.millrace.cli.flink;
