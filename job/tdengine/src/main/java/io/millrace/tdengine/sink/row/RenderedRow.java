package io.millrace.tdengine.sink.row;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads back the values of a row that a {@link RowEncoder} wrote. Rows are kept as text alone; what
 * is needed rarely (merging, dead letters) is read from it. Stateless.
 */
public final class RenderedRow {
    private RenderedRow() {}

    /**
     * Finds the values.
     *
     * @return the position behind each value, in order; the next one begins one further
     */
    public static List<Integer> ends(byte[] sql, int from, int to) {
        List<Integer> ends = new ArrayList<>();
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte b = sql[i];
            if (quoted && b == '\\') {
                i++;
            } else if (b == '\'') {
                quoted = !quoted;
            } else if (b == ',' && !quoted) {
                ends.add(i);
            }
        }
        ends.add(to);
        return ends;
    }

    /** The values by column as texts, numbers, booleans, bytes or null. */
    public static Map<String, Object> plain(ColumnSet columns, byte[] sql, int from, int to) {
        Map<String, Object> row = new LinkedHashMap<>();
        int start = from;
        int column = 0;
        for (int end : ends(sql, from, to)) {
            row.put(columns.names().get(column++), value(sql, start, end));
            start = end + 1;
        }
        return row;
    }

    private static Object value(byte[] sql, int from, int to) {
        if (sql[from] == '\'') {
            return quoted(sql, from + 1, to - 1);
        }
        String bare = new String(sql, from, to - from, StandardCharsets.US_ASCII);
        return switch (bare) {
            case "NULL" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> new BigDecimal(bare);
        };
    }

    private static Object quoted(byte[] sql, int from, int to) {
        // Text has its backslashes doubled, so a single one is the mark of bytes.
        if (to - from >= 2 && sql[from] == '\\' && sql[from + 1] == 'x') {
            String hex = new String(sql, from + 2, to - from - 2, StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (sql[i] == '\\') {
                i++;
            }
            text.write(sql[i]);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
