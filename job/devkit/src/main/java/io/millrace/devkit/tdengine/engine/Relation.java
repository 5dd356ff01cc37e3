package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.Strings;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind FROM, in H2: its columns by TDengine's names. It notes whether tags were asked
 * for, because only then their table has to be joined. Belongs to one translation.
 */
final class Relation {
    static final ColumnType TBNAME = ColumnType.of(DataType.VARCHAR, 270);

    /**
     * A column.
     *
     * @param sql what H2 calls it
     * @param tag whether it belongs to the sub-table rather than to its rows
     */
    record Field(String name, ColumnType type, String sql, boolean tag) {}

    private final String alias;
    private final Precision precision;
    private final List<Field> columns;
    private final List<Field> hidden;
    private final String rows;
    private final String tags;
    private final String condition;
    private final String order;
    private boolean usesTags;

    private Relation(
            String alias,
            Precision precision,
            List<Field> columns,
            List<Field> hidden,
            String rows,
            String tags,
            String condition,
            String order) {
        this.alias = alias;
        this.precision = precision;
        this.columns = columns;
        this.hidden = hidden;
        this.rows = rows;
        this.tags = tags;
        this.condition = condition;
        this.order = order;
    }

    /** A table of users. */
    static Relation of(Table table, String alias) {
        List<Field> columns = new ArrayList<>();
        table.columns()
                .forEach(c -> columns.add(new Field(c.name(), c.type(), "d." + c.stored(), false)));
        List<Field> tags = new ArrayList<>();
        table.tags().forEach(c -> tags.add(new Field(c.name(), c.type(), "g." + c.stored(), true)));
        String time = "d." + table.columns().get(0).stored();
        String rows = "T" + table.storage() + " d";
        String name = alias == null ? table.name() : alias;
        Precision precision = table.database().precision();
        if (table instanceof SuperTable) {
            columns.addAll(tags);
            Field tbname = new Field("tbname", TBNAME, "g.TBNAME", true);
            return new Relation(
                    name,
                    precision,
                    columns,
                    List.of(tbname),
                    rows,
                    "G" + table.storage() + " g",
                    null,
                    "d.TID, " + time);
        }
        Series series = (Series) table;
        tags.add(new Field("tbname", TBNAME, Strings.literal(table.name()), false));
        return new Relation(
                name,
                precision,
                columns,
                tags,
                rows,
                "G" + table.storage() + " g",
                "d.TID = " + series.id(),
                time);
    }

    /** A query's result or a system table. */
    static Relation derived(
            String from, String alias, Precision precision, List<ResultColumn> columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(new Field(columns.get(i).name(), columns.get(i).type(), "d.X" + i, false));
        }
        return new Relation(alias, precision, fields, List.of(), from + " d", null, null, null);
    }

    /** No FROM at all. */
    static Relation none() {
        return new Relation(null, Precision.MS, List.of(), List.of(), null, null, null, null);
    }

    Precision precision() {
        return precision;
    }

    /** What {@code *} stands for. */
    List<Field> columns(String qualifier) {
        checkQualifier(qualifier);
        usesTags |= columns.stream().anyMatch(Field::tag);
        return columns;
    }

    /** The columns that hold values, for {@code last(*)}. */
    List<Field> valueColumns() {
        return columns.stream().filter(field -> !field.tag()).toList();
    }

    Field field(String qualifier, String name) {
        checkQualifier(qualifier);
        for (List<Field> list : List.of(columns, hidden)) {
            for (Field field : list) {
                if (field.name().equals(name)) {
                    usesTags |= field.tag();
                    return field;
                }
            }
        }
        throw new TaosException(0x2602, "Invalid column name: " + name);
    }

    private void checkQualifier(String qualifier) {
        if (qualifier != null && !qualifier.equals(alias)) {
            throw new TaosException(0x2603, "Table does not exist: " + qualifier);
        }
    }

    /** The time of a row: the first column if it is a time. */
    Field time() {
        if (columns.isEmpty() || columns.get(0).type().type() != DataType.TIMESTAMP) {
            throw new TaosException(0x2617, "This function needs a primary timestamp");
        }
        return columns.get(0);
    }

    /** Whether this is a super table. */
    boolean isSuperTable() {
        return tags != null && condition == null;
    }

    boolean usesTags() {
        return usesTags;
    }

    /** What to write behind FROM, empty if there is nothing. */
    String from() {
        if (rows == null) {
            return "";
        }
        return " FROM " + rows + (usesTags ? " JOIN " + tags + " ON g.TID = d.TID" : "");
    }

    /** FROM of a query that looks at tags only. */
    String fromTags() {
        return " FROM " + tags;
    }

    /** A condition that belongs to the table, or null. */
    String condition() {
        return condition;
    }

    /** The order in which TDengine shows rows by itself, or null. */
    String order() {
        return order;
    }
}
