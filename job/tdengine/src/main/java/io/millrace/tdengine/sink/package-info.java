/**
 * The sink for TDengine. {@link io.millrace.tdengine.sink.TDengineSink} is what a job sees, {@link
 * io.millrace.tdengine.sink.TDengineSinkSettings} what it is told. A row is turned into SQL in
 * package {@code row} and sent in package {@code writer}; begin there.
 */
package io.millrace.tdengine.sink;
