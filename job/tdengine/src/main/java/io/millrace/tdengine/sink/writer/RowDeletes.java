package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The deletions that belong to a batch of rows. They are carried out after the batch's rows, so
 * that a row can be added and then deleted in one batch; a row that is added again after it was
 * deleted must wait for the next batch, see {@link #contains}.
 *
 * <p>Filled by the task thread, carried out by the sending thread: one after the other.
 */
final class RowDeletes {
    private record Key(String table, long time) {}

    /** To each key its table as the server describes it, or its super table, in order. */
    private final Map<Key, TargetTable> keys = new LinkedHashMap<>();

    /**
     * Refuses tables of which single rows cannot be deleted.
     *
     * @throws IllegalArgumentException saying why and what is possible
     */
    static void check(TargetTable table) {
        for (TargetColumn column : table.columns()) {
            if (column.role() == TargetColumn.Role.KEY) {
                throw new IllegalArgumentException(
                        "Option 'sink.delete-handling' is 'delete', and table '"
                                + table.database()
                                + "."
                                + table.name()
                                + "' has the second key column '"
                                + column.name()
                                + "': TDengine deletes by time alone, which would delete all rows"
                                + " of that time. Use 'ignore' or 'fail', or a table without it.");
            }
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    /**
     * Adds a deletion.
     *
     * @param target the row's table, or the super table, as the server describes it
     * @param table the name of the row's table or sub-table
     * @param time of the row, in the database's unit
     */
    void add(TargetTable target, String table, long time) {
        keys.put(new Key(table, time), target);
    }

    /** Whether a row would be deleted after it was added: the batch has to be sent before. */
    boolean contains(String table, long time) {
        return !keys.isEmpty() && keys.containsKey(new Key(table, time));
    }

    /**
     * Deletes the rows, then forgets them. TDengine takes one time in a statement only.
     *
     * @throws IOException if they cannot be deleted and repeating is of no use
     */
    void execute(RetryingSession session) throws IOException, InterruptedException {
        for (Map.Entry<Key, TargetTable> entry : keys.entrySet()) {
            String sql = statement(entry.getValue(), entry.getKey());
            try {
                session.call(
                        s -> {
                            s.define(sql);
                            return true;
                        });
            } catch (RequestRefusedException e) {
                // Where there is no table, there is nothing to delete.
                if (e.error().kind() != TDengineError.Kind.MISSING_TABLE) {
                    throw new IOException(
                            "TDengine refuses to delete a row: " + e.error() + " (" + sql + ").",
                            e);
                }
            }
        }
        keys.clear();
    }

    private static String statement(TargetTable target, Key key) {
        return "DELETE FROM "
                + SqlText.name(target.database())
                + "."
                + SqlText.name(key.table)
                + " WHERE "
                + SqlText.name(target.timeColumn().name())
                + " = "
                + key.time;
    }
}
