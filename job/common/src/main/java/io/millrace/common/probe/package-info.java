/**
 * What is found out about a connection before a job needs it: {@link io.millrace.common.probe.Check
 * checks}, each with what to do if it is not good. The connectors have probes of their own, which
 * begin with the {@linkplain io.millrace.common.probe.NetworkProbe network}.
 */
package io.millrace.common.probe;
