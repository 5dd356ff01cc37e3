package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads rows as an encoder does. */
public final class TestRows {
    private TestRows() {}

    /** A set of a time and whole numbers, or texts where the name says {@code :text}. */
    public static ColumnSet columns(int keyColumns, String... names) {
        List<TargetColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            boolean text = names[i].endsWith(":text");
            TDengineType type =
                    i == 0
                            ? TDengineType.TIMESTAMP
                            : text ? TDengineType.NCHAR : TDengineType.BIGINT;
            TargetColumn.Role role =
                    i == 0
                            ? TargetColumn.Role.TIME
                            : i < keyColumns ? TargetColumn.Role.KEY : TargetColumn.Role.VALUE;
            columns.add(
                    new TargetColumn(names[i].replace(":text", ""), type, text ? 64 : 0, 0, role));
        }
        return new ColumnSet(columns, keyColumns);
    }

    /** Tags of one whole number. */
    public static TagValues tags(String superTable, String tag, long value) {
        GrowingBytes out = new GrowingBytes(16);
        append(out, value);
        return new TagValues(
                new TagValues.Kind(
                        superTable,
                        List.of(
                                new TargetColumn(
                                        tag, TDengineType.INT, 0, 0, TargetColumn.Role.TAG))),
                out.copy(0, out.length()));
    }

    /** Appends a whole number, a text or null. */
    public static void append(GrowingBytes out, Object value) {
        if (value == null) {
            RowValues.appendNull(out);
        } else if (value instanceof String text) {
            RowValues.append(out, text.getBytes(StandardCharsets.UTF_8));
        } else {
            RowValues.append(out, ((Number) value).longValue());
        }
    }

    /** A row as SQL. */
    static String sql(ColumnSet columns, GrowingBytes rows, int from) {
        GrowingBytes out = new GrowingBytes(64);
        SqlLiterals.append(out, columns.columns(), rows.bytes(), from);
        return out.toString();
    }
}
