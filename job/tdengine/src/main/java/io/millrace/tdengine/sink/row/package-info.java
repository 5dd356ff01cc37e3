/**
 * Turns rows into SQL text. A {@link io.millrace.tdengine.sink.row.RowPlan} says what of a row goes
 * where, as the user put it; {@link io.millrace.tdengine.sink.row.RowBinder} joins it with the
 * table as the server describes it; the {@link io.millrace.tdengine.sink.row.RowEncoder} that comes
 * of it checks each value against its column and writes it, escaped by its type, into a {@link
 * io.millrace.tdengine.sink.row.GrowingBytes}. Nothing here talks to a server. Begin with {@link
 * io.millrace.tdengine.sink.row.RowEncoder}.
 */
package io.millrace.tdengine.sink.row;
