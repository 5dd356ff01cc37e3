/**
 * Tests connections before a job needs them: {@link io.millrace.cli.connection.ConnectionTests}
 * makes a {@linkplain io.millrace.cli.connection.ConnectionReport report} of each with the
 * connectors' probes, and {@link io.millrace.cli.connection.ReportText} shows it.
 */
package io.millrace.cli.connection;
