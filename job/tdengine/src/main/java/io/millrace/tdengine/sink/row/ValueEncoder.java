package io.millrace.tdengine.sink.row;

import org.apache.flink.table.data.RowData;

/** Writes one column's value of a row as {@link RowValues} has it. */
@FunctionalInterface
interface ValueEncoder {
    /**
     * Writes the value.
     *
     * @return false if it is NULL; then nothing was written
     */
    boolean encode(RowData row, GrowingBytes out) throws RowRejectedException;
}
