package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.SqlBuffer;
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
     */
    static void render(RowBatch batch, int[] order, int from, int to, SqlBuffer out) {
        out.clear();
        out.append(INSERT);
        TableEntry table = null;
        ColumnSet columns = null;
        byte[] text = batch.text().bytes();
        for (int i = from; i < to; i++) {
            int row = order[i];
            if (batch.table(row) != table || batch.columns(row) != columns) {
                table = batch.table(row);
                columns = batch.columns(row);
                out.append((byte) ' ');
                out.append(table.qualifiedName());
                if (!table.isKnown()) {
                    out.append(table.usingClause());
                }
                out.append((byte) ' ');
                out.append(columns.sql());
                out.append(VALUES);
            }
            out.append((byte) '(');
            out.append(text, batch.start(row), batch.end(row) - batch.start(row));
            out.append((byte) ')');
        }
    }
}
