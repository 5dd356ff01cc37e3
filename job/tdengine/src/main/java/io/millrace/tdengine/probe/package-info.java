/**
 * Looks at a TDengine as a job would meet it, and leaves nothing there. Begin with {@link
 * io.millrace.tdengine.probe.TDengineProbe}.
 */
package io.millrace.tdengine.probe;
