package io.millrace.tdengine.sink;

import io.millrace.tdengine.sink.writer.TDengineSinkWriter;
import io.millrace.tdengine.sink.writer.WrittenKeys;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows to TDengine, at least once: what was taken before a checkpoint is in TDengine, or
 * among the dead letters, when the checkpoint's barrier passes. A row that is written twice
 * replaces itself, since its sub-table and time are its key.
 *
 * <p>Nothing that goes wrong with the server makes the sink fail or lose rows, but for wrong
 * credentials, missing rights and, when the job starts, a table that is missing or does not fit.
 */
public final class TDengineSink
        implements Sink<RowData>, SupportsWriterState<RowData, WrittenKeys> {
    private static final long serialVersionUID = 1L;

    private final TDengineSinkSettings settings;

    public TDengineSink(TDengineSinkSettings settings) {
        this.settings = settings;
    }

    TDengineSinkSettings settings() {
        return settings;
    }

    /** For programs; SQL uses the connector {@code tdengine}. */
    public static TDengineSinkBuilder builder() {
        return new TDengineSinkBuilder();
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return TDengineSinkWriter.open(settings, context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WrittenKeys> restoreWriter(
            WriterInitContext context, Collection<WrittenKeys> kept) throws IOException {
        return TDengineSinkWriter.open(settings, context, kept);
    }

    @Override
    public SimpleVersionedSerializer<WrittenKeys> getWriterStateSerializer() {
        return new WrittenKeys.Serializer();
    }
}
