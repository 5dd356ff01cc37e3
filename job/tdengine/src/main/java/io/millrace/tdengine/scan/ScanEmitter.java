package io.millrace.tdengine.scan;

import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/** Emits chunks whole, so that no checkpoint falls into one. For the task's thread. */
final class ScanEmitter implements RecordEmitter<RowChunk, RowData, ScanSplitState> {
    private final Counter received;

    /**
     * Makes an emitter.
     *
     * @param received counts rows; Flink itself counts one for each chunk
     */
    ScanEmitter(Counter received) {
        this.received = received;
    }

    @Override
    public void emitRecord(RowChunk chunk, SourceOutput<RowData> output, ScanSplitState state) {
        List<RowData> rows = chunk.rows();
        for (RowData row : rows) {
            output.collect(row);
        }
        received.inc(rows.size() - 1L);
        state.readTo(chunk.readTo());
    }
}
