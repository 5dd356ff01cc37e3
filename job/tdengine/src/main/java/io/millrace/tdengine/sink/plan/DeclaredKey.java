package io.millrace.tdengine.sink.plan;

import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a declared {@code PRIMARY KEY} with what tells rows apart in TDengine: the table or
 * sub-table, the time, and a second key column if the table has one. Stateless.
 */
public final class DeclaredKey {
    private DeclaredKey() {}

    /**
     * Says what is wrong with a key.
     *
     * @param declared names of the key's columns; none if no key is declared
     * @param plan where rows go
     * @param table as the server describes it
     * @return empty if rows with one key are one row in TDengine, and no others
     */
    public static Optional<String> problem(List<String> declared, RowPlan plan, TargetTable table) {
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        Set<String> possible = new LinkedHashSet<>(namingFields(plan, table));
        List<String> others = new ArrayList<>();
        for (TargetColumn column : table.columns()) {
            if (column.role() == TargetColumn.Role.TIME || column.role() == TargetColumn.Role.KEY) {
                others.addAll(fieldsOf(plan, column));
            }
        }
        possible.addAll(others);
        if (Set.copyOf(declared).equals(Set.copyOf(possible))) {
            return Optional.empty();
        }
        return Optional.of(
                "PRIMARY KEY ("
                        + String.join(", ", declared)
                        + ") cannot be kept by TDengine: rows of "
                        + (table.isSuperTable() ? "super table '" : "table '")
                        + table.database()
                        + "."
                        + table.name()
                        + "' are one row if they agree in "
                        + (table.isSuperTable() ? "sub-table, " : "")
                        + "time"
                        + (others.size() > 1 ? " and key column" : "")
                        + ", and in nothing else. Declare PRIMARY KEY ("
                        + String.join(", ", possible)
                        + ") NOT ENFORCED, or none.");
    }

    /** The columns of the rows of which the name of a row's table is made. */
    public static Set<String> namingFields(RowPlan plan, TargetTable table) {
        Set<String> fields = new LinkedHashSet<>();
        if (plan.destination() instanceof RowPlan.SuperTable superTable) {
            addFields(fields, superTable.subTable(), plan, table);
        } else if (plan.destination() instanceof RowPlan.TablePerRow perRow) {
            addFields(fields, perRow.name(), plan, table);
        }
        return fields;
    }

    private static void addFields(
            Set<String> fields, RowPlan.Naming naming, RowPlan plan, TargetTable table) {
        if (naming instanceof RowPlan.NameTemplate template) {
            addFields(fields, template.text());
        } else if (naming instanceof RowPlan.NameField byField) {
            fields.add(column(byField.field()));
        } else {
            table.tags().forEach(tag -> fields.addAll(fieldsOf(plan, tag)));
        }
    }

    private static List<String> fieldsOf(RowPlan plan, TargetColumn column) {
        Set<String> fields = new LinkedHashSet<>();
        for (RowPlan.Binding binding : plan.bindings()) {
            boolean bound =
                    binding.name() == null
                            ? isAt(binding, column)
                            : binding.name().equalsIgnoreCase(column.name());
            if (bound) {
                addFields(fields, binding.value());
            }
        }
        return List.copyOf(fields);
    }

    /** Only the time is needed of templates without names: it is the first. */
    private static boolean isAt(RowPlan.Binding binding, TargetColumn column) {
        return column.role() == TargetColumn.Role.TIME
                && binding.part() == RowPlan.Part.COLUMN
                && binding.position() == 0;
    }

    private static void addFields(Set<String> fields, ValueSource source) {
        if (source instanceof ValueSource.Field field) {
            fields.add(column(field));
        } else if (source instanceof ValueSource.Member member) {
            fields.add(column(member.base()));
        } else if (source instanceof ValueSource.Text text) {
            text.parts().forEach(part -> addFields(fields, part));
        } else if (source instanceof ValueSource.Moment moment && moment.base() != null) {
            addFields(fields, moment.base());
        }
    }

    /** The column of the row in which a field is. */
    private static String column(ValueSource.Field field) {
        int dot = field.path().size() > 1 ? field.name().indexOf('.') : -1;
        return dot < 0 ? field.name() : field.name().substring(0, dot);
    }
}
