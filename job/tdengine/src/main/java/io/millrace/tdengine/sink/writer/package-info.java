/**
 * The writer of a sink subtask. A row's way: {@link
 * io.millrace.tdengine.sink.writer.TDengineSinkWriter} has it rendered into a {@code RowBatch}
 * (which settles equal keys), hands the batch to the {@code SendingThread}, where {@code
 * BatchSender} makes a statement of it, repeats it over outages with {@code RetryingSession} and
 * finds the rows that the server refuses; what came of it returns to the task thread, which writes
 * dead letters and counts. Begin with {@link io.millrace.tdengine.sink.writer.TDengineSinkWriter}.
 */
package io.millrace.tdengine.sink.writer;
