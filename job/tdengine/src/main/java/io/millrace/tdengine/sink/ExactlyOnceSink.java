package io.millrace.tdengine.sink;

import io.millrace.tdengine.sink.writer.BatchCommitter;
import io.millrace.tdengine.sink.writer.FreezingSinkWriter;
import io.millrace.tdengine.sink.writer.FrozenBatch;
import io.millrace.tdengine.sink.writer.WrittenKeys;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into TDengine when the checkpoint that contains them is complete. The rows are
 * computed once, so a repeated write replaces each by itself, also where its time is the clock's.
 * In the database they are later by up to a checkpoint interval.
 */
final class ExactlyOnceSink
        implements Sink<RowData>,
                SupportsCommitter<FrozenBatch>,
                SupportsWriterState<RowData, WrittenKeys> {
    private static final long serialVersionUID = 1L;

    private final TDengineSinkSettings settings;

    ExactlyOnceSink(TDengineSinkSettings settings) {
        this.settings = settings;
    }

    TDengineSinkSettings settings() {
        return settings;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return FreezingSinkWriter.open(settings, context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WrittenKeys> restoreWriter(
            WriterInitContext context, Collection<WrittenKeys> kept) throws IOException {
        return FreezingSinkWriter.open(settings, context, kept);
    }

    @Override
    public SimpleVersionedSerializer<WrittenKeys> getWriterStateSerializer() {
        return new WrittenKeys.Serializer();
    }

    @Override
    public Committer<FrozenBatch> createCommitter(CommitterInitContext context) throws IOException {
        return BatchCommitter.open(settings, context);
    }

    @Override
    public SimpleVersionedSerializer<FrozenBatch> getCommittableSerializer() {
        return new FrozenBatch.Serializer();
    }
}
