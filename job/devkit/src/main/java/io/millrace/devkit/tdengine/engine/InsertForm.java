package io.millrace.devkit.tdengine.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a prepared INSERT writes to.
 *
 * @param table the table's name, or null if it is bound
 * @param series the table, if the statement names one that is there and is not below USING
 * @param parent the super table, else null
 * @param rawNames whether the name is bound to {@code tbname} and taken as it is
 * @param tags tags that are bound, in the order of the message
 * @param columns columns that are bound, in the order of the message
 * @param fields all {@code ?} in their order in the text
 */
record InsertForm(
        String table,
        Series series,
        SuperTable parent,
        boolean rawNames,
        List<Column> tags,
        List<Column> columns,
        List<BindField> fields) {

    /** {@code INSERT INTO stb (tbname, ...)}. */
    static InsertForm superTable(SuperTable parent, List<Column> bound) {
        List<Column> tags = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        List<BindField> fields = new ArrayList<>();
        for (Column column : bound) {
            if (column == InsertSyntax.TBNAME) {
                fields.add(BindField.tableName());
            } else {
                (column.isTag() ? tags : columns).add(column);
                fields.add(BindField.of(column, parent.database()));
            }
        }
        return new InsertForm(
                null,
                null,
                parent,
                true,
                List.copyOf(tags),
                List.copyOf(columns),
                List.copyOf(fields));
    }

    boolean nameIsBound() {
        return table == null;
    }
}
