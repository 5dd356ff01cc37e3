package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.RowValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one row of two that have the same key and different columns. Task thread only. */
final class ColumnMerging {
    private final GrowingBytes values;
    private final Map<List<TargetColumn>, ColumnSet> sets = new LinkedHashMap<>();

    /** Merges rows that are in a buffer, to the end of the same buffer. */
    ColumnMerging(GrowingBytes values) {
        this.values = values;
    }

    /**
     * Writes the values of both rows, the later ones winning.
     *
     * @param laterStart where the later row begins
     * @return the columns of the merged row
     */
    ColumnSet merge(ColumnSet earlier, int earlierStart, ColumnSet later, int laterStart) {
        Map<TargetColumn, int[]> spans = new LinkedHashMap<>();
        addSpans(spans, earlier, earlierStart);
        addSpans(spans, later, laterStart);
        for (int[] span : spans.values()) {
            values.appendOwn(span[0], span[1]);
        }
        return sets.computeIfAbsent(
                List.copyOf(spans.keySet()), columns -> new ColumnSet(columns, later.keyColumns()));
    }

    /** Adds the begin and end of a row's values by column, in the row's order. */
    private void addSpans(Map<TargetColumn, int[]> spans, ColumnSet columns, int start) {
        int from = start;
        for (TargetColumn column : columns.columns()) {
            int to = RowValues.next(values.bytes(), from);
            spans.put(column, new int[] {from, to});
            from = to;
        }
    }

    /** Forgets the merged columns; called when their rows are gone. */
    void clear() {
        sets.clear();
    }
}
