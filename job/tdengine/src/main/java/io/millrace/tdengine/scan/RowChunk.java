package io.millrace.tdengine.scan;

import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Rows in the order of time, which are emitted together.
 *
 * @param rows at least one
 * @param readTo all rows up to this time have been handed over with this chunk
 */
record RowChunk(List<RowData> rows, long readTo) {}
