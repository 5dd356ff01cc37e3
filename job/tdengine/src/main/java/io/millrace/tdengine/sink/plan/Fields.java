package io.millrace.tdengine.sink.plan;

import io.millrace.common.DidYouMean;
import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
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
    ValueSource find(List<String> path) {
        if (path.isEmpty()) {
            return new ValueSource.WholeRow(rowType);
        }
        String dotted = String.join(".", path);
        int whole = rowType.getFieldIndex(dotted);
        if (whole >= 0) {
            requireValue(whole, dotted);
            return ValueSource.Field.of(dotted, whole, rowType.getTypeAt(whole));
        }
        List<Integer> positions = new ArrayList<>();
        List<Integer> arities = new ArrayList<>();
        LogicalType type = rowType;
        for (int depth = 0; depth < path.size(); depth++) {
            String name = path.get(depth);
            if (depth > 0 && isOpen(type)) {
                requireValue(positions.get(0), dotted);
                return new ValueSource.Member(
                        new ValueSource.Field(
                                String.join(".", path.subList(0, depth)), positions, arities, type),
                        path.subList(depth, path.size()));
            }
            if (!(type instanceof RowType row)) {
                throw new IllegalArgumentException(
                        "${"
                                + dotted
                                + "} looks into a value of type "
                                + type.asSummaryString()
                                + "; only a ROW, a MAP and a STRING of JSON have members.");
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

    /** Whether a value of the type may have members that its type does not name. */
    private static boolean isOpen(LogicalType type) {
        return type.is(LogicalTypeFamily.CHARACTER_STRING)
                || type instanceof MapType map
                        && map.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING);
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
