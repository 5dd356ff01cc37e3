package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.Statement;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE. Callers hold the engine's exclusive lock. */
final class Alterations {
    private final Catalog catalog;
    private final Store store;
    private final Metadata metadata;
    private final InsertWriter writer;

    Alterations(Catalog catalog, Store store, Metadata metadata, InsertWriter writer) {
        this.catalog = catalog;
        this.store = store;
        this.metadata = metadata;
        this.writer = writer;
    }

    void alter(Statement.AlterTable alter, String sql, Session session, TimeReader times) {
        Table table = catalog.table(alter.table(), session);
        if (alter.change() == Statement.Change.OPTION) {
            return;
        }
        if (alter.change() == Statement.Change.SET_TAG) {
            setTag(table, alter, sql, times);
            return;
        }
        boolean tag = alter.change().name().endsWith("TAG");
        if (table instanceof SubTable || tag && !(table instanceof SuperTable)) {
            throw new TaosException(0x2649, "Invalid alter table statement");
        }
        writer.forgetStatements(true);
        List<Column> list = new ArrayList<>(tag ? table.tags() : table.columns());
        change(table, alter, tag, list);
        if (tag) {
            ((SuperTable) table).tags(list);
        } else if (table instanceof SuperTable superTable) {
            superTable.columns(list);
        } else {
            ((NormalTable) table).columns(list);
        }
        metadata.save(table);
    }

    private void change(Table table, Statement.AlterTable alter, boolean tag, List<Column> list) {
        String stored = (tag ? "G" : "T") + table.storage();
        switch (alter.change()) {
            case ADD_COLUMN, ADD_TAG -> {
                if (Table.find(table.columns(), alter.column()) != null) {
                    throw new TaosException(0x36b, "Column already exists");
                }
                if (Table.find(table.tags(), alter.column()) != null) {
                    throw new TaosException(0x369, "Tag already exists");
                }
                int id =
                        table instanceof SuperTable superTable
                                ? superTable.nextColumnId()
                                : ((NormalTable) table).nextColumnId();
                Column added =
                        new Column(
                                alter.column(),
                                alter.type(),
                                id,
                                tag ? Column.Kind.TAG : Column.Kind.VALUE);
                // A dropped column leaves its number free; H2 has dropped it too.
                store.execute("ALTER TABLE " + stored + " ADD " + Store.definition(added));
                list.add(added);
            }
            case DROP_COLUMN, DROP_TAG -> {
                Column column = existing(list, alter.column());
                if (column.kind() == Column.Kind.TIME || column.kind() == Column.Kind.KEY) {
                    throw new TaosException(0x3c2, "Invalid stable alter options");
                }
                if (list.size() <= (tag ? 1 : 2)) {
                    throw new TaosException(0x2651, "No columns can be dropped");
                }
                store.execute("ALTER TABLE " + stored + " DROP COLUMN " + column.stored());
                list.remove(column);
            }
            case MODIFY_COLUMN, MODIFY_TAG -> {
                Column column = existing(list, alter.column());
                ColumnType type = alter.type();
                if (type.type() != column.type().type()
                        || !type.type().hasLength()
                        || type.length() <= column.type().length()) {
                    throw new TaosException(
                            0x264b,
                            "Only varbinary/binary/nchar/geometry column length could be"
                                    + " modified, and the length can only be increased, not"
                                    + " decreased");
                }
                replace(list, column, new Column(column.name(), type, column.id(), column.kind()));
            }
            default -> {
                Column column = existing(list, alter.column());
                if (Table.find(table.columns(), alter.newName()) != null
                        || Table.find(table.tags(), alter.newName()) != null) {
                    throw new TaosException(0x36b, "Column already exists");
                }
                replace(
                        list,
                        column,
                        new Column(alter.newName(), column.type(), column.id(), column.kind()));
            }
        }
    }

    private static void replace(List<Column> list, Column column, Column by) {
        list.set(list.indexOf(column), by);
    }

    private static Column existing(List<Column> list, String name) {
        Column column = Table.find(list, name);
        if (column == null) {
            throw new TaosException(0x2602, "Invalid column name: " + name);
        }
        return column;
    }

    private void setTag(Table table, Statement.AlterTable alter, String sql, TimeReader times) {
        if (!(table instanceof SubTable sub)) {
            throw new TaosException(0x2649, "Set tag value only available for child table");
        }
        Column tag = Table.find(sub.tags(), alter.column());
        if (tag == null) {
            throw new TaosException(0x2649, "Invalid tag name: " + alter.column());
        }
        Lexer lexer = new Lexer(sql, alter.valueAt());
        Object value = new ValueReader(lexer, times).read(tag, sub.database().precision());
        String update = "UPDATE G" + sub.storage() + " SET " + tag.stored() + " = ? WHERE TID = ?";
        try (Connection connection = store.connect();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setObject(1, value);
            statement.setInt(2, sub.id());
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 refused " + update, broken);
        }
    }
}
