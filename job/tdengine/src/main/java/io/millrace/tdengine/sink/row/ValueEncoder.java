package io.millrace.tdengine.sink.row;

import org.apache.flink.table.data.RowData;

/** Writes one column's value of a row as an SQL literal. */
@FunctionalInterface
interface ValueEncoder {
    /**
     * Writes the value.
     *
     * @return false if it is NULL; then nothing was written
     */
    boolean encode(RowData row, SqlBuffer out) throws RowRejectedException;
}
