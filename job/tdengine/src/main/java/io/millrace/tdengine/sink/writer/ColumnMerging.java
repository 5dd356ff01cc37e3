package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.RenderedRow;
import io.millrace.tdengine.sink.row.SqlBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one row of two that have the same key and different columns. Task thread only. */
final class ColumnMerging {
    private final SqlBuffer text;
    private final Map<List<String>, ColumnSet> sets = new LinkedHashMap<>();

    /** Merges rows that are in a buffer, to the end of the same buffer. */
    ColumnMerging(SqlBuffer text) {
        this.text = text;
    }

    /**
     * Writes the values of both rows, the later ones winning.
     *
     * @param laterStart where the later row begins; it ends where the buffer ends
     * @return the columns of the merged row
     */
    ColumnSet merge(
            ColumnSet earlier, int earlierStart, int earlierEnd, ColumnSet later, int laterStart) {
        Map<String, int[]> values = spans(earlier, earlierStart, earlierEnd);
        values.putAll(spans(later, laterStart, text.length()));
        boolean first = true;
        for (int[] span : values.values()) {
            if (!first) {
                text.append((byte) ',');
            }
            text.appendOwn(span[0], span[1]);
            first = false;
        }
        return sets.computeIfAbsent(
                List.copyOf(values.keySet()), names -> new ColumnSet(names, later.keyColumns()));
    }

    /** Columns with the begin and end of their values, in the row's order. */
    private Map<String, int[]> spans(ColumnSet columns, int start, int end) {
        Map<String, int[]> spans = new LinkedHashMap<>();
        int from = start;
        int column = 0;
        for (int to : RenderedRow.ends(text.bytes(), start, end)) {
            spans.put(columns.names().get(column++), new int[] {from, to});
            from = to + 1;
        }
        return spans;
    }

    /** Forgets the merged columns; called when their rows are gone. */
    void clear() {
        sets.clear();
    }
}
