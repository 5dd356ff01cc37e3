package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.SqlLiterals;
import java.nio.charset.StandardCharsets;

/**
 * Puts rows of a batch into one statement: <code>INSERT INTO `db`.`d1` USING … (cols) VALUES (…)(…)
 * `db`.`d2` …</code>. Stateless.
 */
final class StatementRenderer {
    private static final byte[] INSERT = bytes("INSERT INTO");
    private static final byte[] VALUES = bytes(" VALUES ");

    private StatementRenderer() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes the statement, replacing what the buffer holds.
     *
     * @param order rows, those of one table together
     * @param limit of the statement's length; one row is written whatever its length
     * @return behind the last row that found room
     */
    static int render(RowBatch batch, int[] order, int from, int to, int limit, GrowingBytes out) {
        out.clear();
        out.append(INSERT);
        TableEntry table = null;
        ColumnSet columns = null;
        byte[] values = batch.values().bytes();
        for (int i = from; i < to; i++) {
            int row = order[i];
            int before = out.length();
            if (batch.table(row) != table || batch.columns(row) != columns) {
                table = batch.table(row);
                columns = batch.columns(row);
                out.append((byte) ' ');
                out.append(table.qualifiedName());
                if (table.isCreatedOnDemand() && !table.isKnown()) {
                    out.append(table.tags().clause());
                }
                out.append((byte) ' ');
                out.append(columns.sql());
                out.append(VALUES);
            }
            out.append((byte) '(');
            SqlLiterals.append(out, columns.columns(), values, batch.start(row));
            out.append((byte) ')');
            if (out.length() > limit && i > from) {
                out.truncate(before);
                return i;
            }
        }
        return to;
    }
}
