package io.millrace.tdengine.sink.row;

import org.apache.flink.table.data.RowData;

/** Finds the row in which a field is, and the field's position there. Stateless. */
final class FieldAccess {
    private final int[] outer;
    private final int[] arities;
    private final int position;

    FieldAccess(ValueSource.Field field) {
        int depth = field.path().size() - 1;
        outer = field.path().stream().limit(depth).mapToInt(Integer::intValue).toArray();
        arities = field.arities().stream().mapToInt(Integer::intValue).toArray();
        position = field.path().get(depth);
    }

    int position() {
        return position;
    }

    /** The row that holds the field, or null if the field is NULL or inside of something NULL. */
    RowData holder(RowData row) {
        RowData holder = row;
        for (int i = 0; i < outer.length; i++) {
            if (holder.isNullAt(outer[i])) {
                return null;
            }
            holder = holder.getRow(outer[i], arities[i]);
        }
        return holder.isNullAt(position) ? null : holder;
    }
}
