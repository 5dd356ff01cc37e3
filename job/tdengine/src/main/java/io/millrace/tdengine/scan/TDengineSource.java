package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.JobRemains;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TimePrecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads a table to its end. Immutable. */
public final class TDengineSource implements Source<RowData, ScanSplit, ScanState> {
    private static final long serialVersionUID = 1L;

    private final ScanSettings settings;

    public TDengineSource(ScanSettings settings) {
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanState> createEnumerator(
            SplitEnumeratorContext<ScanSplit> context) {
        return restoreEnumerator(context, new ScanState(false, List.of()));
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanState> restoreEnumerator(
            SplitEnumeratorContext<ScanSplit> context, ScanState state) {
        int readers = context.currentParallelism();
        return new ScanEnumerator(context, () -> plan(readers), state);
    }

    private List<ScanSplit> plan(int readers) throws Exception {
        try (RetryingReads reads = new RetryingReads(settings.connection(), settings.retries())) {
            return reads.ask(connection -> plan(readers, connection));
        }
    }

    private List<ScanSplit> plan(int readers, TDengineConnection connection) throws SQLException {
        ReadTable table = TableFinder.find(connection, settings.database(), settings.table());
        // So that a table that does not fit is told before any reader starts.
        new RowReader(table, settings, new ScanQuery(table, settings));
        return SplitPlanner.plan(
                table, settings, readers, new Planning(connection, table.precision()));
    }

    /** Asks the server what the planner wants to know. */
    private record Planning(TDengineConnection connection, TimePrecision precision)
            implements SplitPlanner.Server {

        @Override
        public SplitPlanner.TimeRange timeRange(String query) throws SQLException {
            return connection.query(query, this::range).stream()
                    .filter(range -> range.first() <= range.last())
                    .findFirst()
                    .orElse(null);
        }

        private SplitPlanner.TimeRange range(ResultSet row) throws SQLException {
            Instant first = row.getObject(1, Instant.class);
            Instant last = row.getObject(2, Instant.class);
            return first == null || last == null
                    ? new SplitPlanner.TimeRange(1, 0)
                    : new SplitPlanner.TimeRange(ticks(first), ticks(last));
        }

        private long ticks(Instant time) {
            return precision.of(time.toEpochMilli(), time.getNano() % 1_000_000);
        }

        @Override
        public List<String> names(String query) throws SQLException {
            return connection.query(query, row -> row.getString(1));
        }
    }

    @Override
    public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
        return new ScanSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ScanState> getEnumeratorCheckpointSerializer() {
        return new ScanStateSerializer();
    }

    @Override
    public SourceReader<RowData, ScanSplit> createReader(SourceReaderContext context) {
        JobRemains.endWith(context.getUserCodeClassLoader());
        return new ScanReader(settings, context);
    }
}
