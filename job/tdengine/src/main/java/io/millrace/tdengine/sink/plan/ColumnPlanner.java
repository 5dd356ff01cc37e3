package io.millrace.tdengine.sink.plan;

import io.millrace.common.Problems;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.RowType;

/**
 * Plans rows whose columns are those of the table, matched by name. A column {@code tbname} of a
 * super table is the name of the row's sub-table. Stateless.
 */
public final class ColumnPlanner {
    /** TDengine's own name for the name of a row's table. */
    private static final String TABLE_NAME_COLUMN = "tbname";

    private ColumnPlanner() {}

    /** Plans rows for one table. */
    public static RowPlan table(
            String database, String table, RowType rowType, Set<Integer> withValue) {
        return new RowPlan(database, new RowPlan.Table(table), bindings(rowType, withValue, false));
    }

    /**
     * Plans rows for sub-tables.
     *
     * @param subTable template of their names; null if there is none
     * @param withValue positions of the columns that the statement gives a value
     * @return null if there are problems
     */
    public static RowPlan superTable(
            String database,
            String superTable,
            String subTable,
            RowType rowType,
            Set<Integer> withValue,
            Problems problems) {
        RowPlan.Naming naming = new RowPlan.NameFromTags();
        if (subTable != null) {
            try {
                ValueSource.Text text = NameText.parse(subTable, new Fields(rowType, withValue));
                naming = new RowPlan.NameTemplate(text, false);
            } catch (IllegalArgumentException e) {
                problems.add("Option 'sub-table' is '" + subTable + "': " + e.getMessage());
                return null;
            }
        }
        for (int position : withValue) {
            if (isTableName(rowType, position)) {
                naming = new RowPlan.NameField(field(rowType, position), naming);
            }
        }
        return new RowPlan(
                database,
                new RowPlan.SuperTable(superTable, naming),
                bindings(rowType, withValue, true));
    }

    private static boolean isTableName(RowType rowType, int position) {
        return rowType.getFieldNames().get(position).equalsIgnoreCase(TABLE_NAME_COLUMN);
    }

    private static ValueSource.Field field(RowType rowType, int position) {
        return ValueSource.Field.of(
                rowType.getFieldNames().get(position), position, rowType.getTypeAt(position));
    }

    private static List<RowPlan.Binding> bindings(
            RowType rowType, Set<Integer> withValue, boolean withoutTableName) {
        List<RowPlan.Binding> bindings = new ArrayList<>();
        for (int position = 0; position < rowType.getFieldCount(); position++) {
            boolean skipped = withoutTableName && isTableName(rowType, position);
            if (withValue.contains(position) && !skipped) {
                ValueSource.Field field = field(rowType, position);
                bindings.add(RowPlan.Binding.of(RowPlan.Part.ANY, field.name(), field));
            }
        }
        return bindings;
    }
}
