/**
 * TDengine for Flink. The way of a row into TDengine: the table factory in {@code table} makes a
 * sink of a table's options and columns; the writer in {@code sink} checks the row, batches it with
 * its sub-table's others, renders the batch as one statement and sends it through a connection of
 * {@code client}. Begin with package {@code sink}. {@link io.millrace.tdengine.probe.TDengineProbe}
 * tests a connection.
 */
package io.millrace.tdengine;
