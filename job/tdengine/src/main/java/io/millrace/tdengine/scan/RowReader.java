package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TimePrecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Makes Flink's rows of a result. Immutable. */
final class RowReader {
    private final ValueReader[] readers;
    private final int[] positions;
    private final TimePrecision precision;

    /**
     * Makes a reader.
     *
     * @throws ReadRefusedException if a column cannot be read as it is declared
     */
    RowReader(ReadTable table, ScanSettings settings, ScanQuery query) {
        List<ScanField> fields = settings.fields();
        readers = new ValueReader[fields.size()];
        positions = new int[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ValueReaders.of(table, fields.get(i), settings.unitsPerSecond());
            positions[i] = query.position(fields.get(i));
        }
        precision = table.precision();
    }

    RowData read(ResultSet result) throws SQLException {
        GenericRowData row = new GenericRowData(readers.length);
        for (int i = 0; i < readers.length; i++) {
            row.setField(i, readers[i].read(result, positions[i]));
        }
        return row;
    }

    long time(ResultSet result) throws SQLException {
        Instant time = result.getObject(ScanQuery.TIME, Instant.class);
        return precision.of(time.toEpochMilli(), time.getNano() % 1_000_000);
    }
}
