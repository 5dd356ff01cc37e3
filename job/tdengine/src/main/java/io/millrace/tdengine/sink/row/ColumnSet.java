package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a row as its values follow each other. Rows with the same set stand behind one
 * list of names in a statement. Compared by identity where it is fast, by names where it counts.
 */
public final class ColumnSet {
    private final List<TargetColumn> columns;
    private final List<String> names;
    private final byte[] sql;
    private final int keyColumns;

    /**
     * Makes a set.
     *
     * @param columns in order, those of the key first
     * @param keyColumns how many columns tell a row from another of the same table
     */
    public ColumnSet(List<TargetColumn> columns, int keyColumns) {
        this.columns = List.copyOf(columns);
        this.names = columns.stream().map(TargetColumn::name).toList();
        this.sql =
                names.stream()
                        .map(SqlText::name)
                        .collect(Collectors.joining(",", "(", ")"))
                        .getBytes(StandardCharsets.UTF_8);
        this.keyColumns = keyColumns;
    }

    public List<TargetColumn> columns() {
        return columns;
    }

    public List<String> names() {
        return names;
    }

    /** As SQL: <code>(`ts`,`temp`)</code>. Not to be changed. */
    public byte[] sql() {
        return sql;
    }

    /** 1: the time alone; 2: the time and a second column. */
    public int keyColumns() {
        return keyColumns;
    }
}
