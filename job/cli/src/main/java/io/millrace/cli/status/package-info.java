/**
 * What a running job does, rule by rule, read through Flink's REST API: {@link
 * io.millrace.cli.status.JobReader} makes {@link io.millrace.cli.status.JobStatus}, which is shown
 * as a {@linkplain io.millrace.cli.status.StatusText table}, as {@linkplain
 * io.millrace.cli.status.StatusJson JSON} or as {@linkplain io.millrace.cli.status.PrometheusText
 * Prometheus} reads it. {@link io.millrace.cli.status.Account} has the equation that a rule's
 * numbers have to satisfy.
 */
package io.millrace.cli.status;
