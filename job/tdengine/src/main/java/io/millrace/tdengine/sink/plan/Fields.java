package io.millrace.tdengine.sink.plan;

import io.millrace.common.DidYouMean;
import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Finds the fields of an incoming row by the names that templates use. Stateless. */
final class Fields {
    private final RowType rowType;
    private final Set<Integer> withValue;

    /**
     * Makes a finder.
     *
     * @param withValue positions of the columns that the statement gives a value
     */
    Fields(RowType rowType, Set<Integer> withValue) {
        this.rowType = rowType;
        this.withValue = withValue;
    }

    /**
     * Finds a field.
     *
     * @param path names from the row inwards
     * @throws IllegalArgumentException saying what there is instead
     */
    ValueSource.Field find(List<String> path) {
        String dotted = String.join(".", path);
        int whole = rowType.getFieldIndex(dotted);
        if (whole >= 0) {
            requireValue(whole, dotted);
            return ValueSource.Field.of(dotted, whole, rowType.getTypeAt(whole));
        }
        List<Integer> positions = new ArrayList<>();
        List<Integer> arities = new ArrayList<>();
        LogicalType type = rowType;
        for (String name : path) {
            if (!(type instanceof RowType row)) {
                throw new IllegalArgumentException(
                        "${"
                                + dotted
                                + "} looks into a value of type "
                                + type.asSummaryString()
                                + "; only a ROW has members. Declare it as ROW<...>.");
            }
            int position = row.getFieldIndex(name);
            if (position < 0) {
                throw new IllegalArgumentException(
                        "${"
                                + dotted
                                + "} names no column: there is no '"
                                + name
                                + "' among "
                                + String.join(", ", row.getFieldNames())
                                + "."
                                + DidYouMean.hint(row.getFieldNames(), name));
            }
            if (!positions.isEmpty()) {
                arities.add(row.getFieldCount());
            }
            positions.add(position);
            type = row.getTypeAt(position);
        }
        requireValue(positions.get(0), dotted);
        return new ValueSource.Field(dotted, positions, arities, type);
    }

    private void requireValue(int position, String name) {
        if (!withValue.contains(position)) {
            throw new IllegalArgumentException(
                    "${"
                            + name
                            + "} is used, and the INSERT gives column '"
                            + rowType.getFieldNames().get(position)
                            + "' no value. Add it to the INSERT's columns.");
        }
    }
}
