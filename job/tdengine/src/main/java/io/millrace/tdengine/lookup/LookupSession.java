package io.millrace.tdengine.lookup;

import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.scan.ReadTable;
import io.millrace.tdengine.scan.RetryingReads;
import io.millrace.tdengine.scan.ScanField;
import io.millrace.tdengine.scan.TableFinder;
import io.millrace.tdengine.scan.ValueReader;
import io.millrace.tdengine.scan.ValueReaders;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Looks up keys over one connection. For one thread at a time. */
final class LookupSession implements AutoCloseable {

    /** How a table is asked, and its answers are read. */
    private record Access(LookupQuery query, ValueReader[] readers, int[] positions) {

        static Access to(ReadTable table, LookupSettings settings) {
            LookupQuery query = new LookupQuery(table, settings);
            List<ScanField> fields = settings.scan().fields();
            ValueReader[] readers = new ValueReader[fields.size()];
            int[] positions = new int[fields.size()];
            for (int i = 0; i < readers.length; i++) {
                readers[i] =
                        ValueReaders.of(table, fields.get(i), settings.scan().unitsPerSecond());
                positions[i] = query.position(fields.get(i));
            }
            return new Access(query, readers, positions);
        }

        RowData read(ResultSet result) throws SQLException {
            GenericRowData row = new GenericRowData(readers.length);
            for (int i = 0; i < readers.length; i++) {
                row.setField(i, readers[i].read(result, positions[i]));
            }
            return row;
        }
    }

    private final LookupSettings settings;
    private final RetryingReads reads;
    private Access access;

    LookupSession(LookupSettings settings) {
        this.settings = settings;
        this.reads = new RetryingReads(settings.scan().connection(), settings.retries());
    }

    /** The rows for a key. */
    Collection<RowData> find(RowData key) throws IOException, InterruptedException {
        return reads.ask(connection -> find(connection, key));
    }

    private Collection<RowData> find(TDengineConnection connection, RowData key)
            throws SQLException {
        if (access == null) {
            access =
                    Access.to(
                            TableFinder.find(
                                    connection,
                                    settings.scan().database(),
                                    settings.scan().table()),
                            settings);
        }
        Access used = access;
        Optional<String> sql = used.query.sql(key);
        if (sql.isEmpty()) {
            return List.of();
        }
        try {
            return connection.query(sql.get(), used::read);
        } catch (SQLException e) {
            if (TDengineError.of(e).kind() != TDengineError.Kind.TRANSIENT) {
                // The table may have been changed; the next attempt looks at it again.
                access = null;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        reads.close();
    }
}
