package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.Statement;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates and drops databases and tables. Callers hold the engine's exclusive lock. */
final class Ddl implements InsertWriter.Registry {
    private final Catalog catalog;
    private final Store store;
    private final Metadata metadata;
    private final InsertWriter writer;
    private final AtomicInteger lastId;

    Ddl(
            Catalog catalog,
            Store store,
            Metadata metadata,
            InsertWriter writer,
            AtomicInteger lastId) {
        this.catalog = catalog;
        this.store = store;
        this.metadata = metadata;
        this.writer = writer;
        this.lastId = lastId;
    }

    @Override
    public int nextId() {
        return lastId.incrementAndGet();
    }

    @Override
    public void register(Iterable<Series> tables) {
        for (Series series : tables) {
            SubTable table = (SubTable) series;
            table.parent().subTables().put(table.name(), table);
            table.database().tables().put(table.name(), table);
        }
    }

    void create(Statement.CreateDatabase create) {
        if (SystemTables.isSchema(create.name())
                || catalog.databases().containsKey(create.name())) {
            if (create.ifNotExists()) {
                return;
            }
            throw new TaosException(0x381, "Database already exists");
        }
        Database database =
                new Database(create.name(), System.currentTimeMillis(), create.options());
        metadata.save(database);
        catalog.databases().put(database.name(), database);
    }

    void alter(Statement.AlterDatabase alter) {
        Database database = catalog.database(alter.name());

        database.alter(alter.options());
        metadata.save(database);
    }

    void drop(Statement.DropDatabase drop) {
        if (drop.ifExists() && !catalog.databases().containsKey(drop.name())) {
            return;
        }
        Database database = catalog.database(drop.name());
        for (Table table : List.copyOf(database.tables().values())) {
            if (!(table instanceof SubTable)) {
                drop(table);
            }
        }
        catalog.databases().remove(database.name());
        metadata.forget(database);
    }

    void create(Statement.CreateTable create, Session session) {
        Database database = catalog.databaseOf(create.name(), session);
        boolean isSuper = !create.tags().isEmpty();
        String name = create.name().name();
        List<Column> columns = Definitions.columns(create.columns());
        List<Column> tags = Definitions.tags(create.tags(), columns.size());
        Definitions.checkNames(columns, tags);
        if (exists(database, name, create.ifNotExists(), isSuper)) {
            return;
        }
        int id = nextId();
        long now = System.currentTimeMillis();
        Table table =
                isSuper
                        ? new SuperTable(database, name, now, id, columns, tags, create.comment())
                        : new NormalTable(database, name, now, id, columns, create.comment());
        store.createRows(id, columns);
        if (isSuper) {
            store.createTags(id, tags);
        }
        metadata.save(table);
        database.tables().put(name, table);
    }

    private static boolean exists(
            Database database, String name, boolean ifNotExists, boolean isSuper) {
        Table there = database.tables().get(name);
        if (there == null) {
            return false;
        }
        if (ifNotExists && isSuper == there instanceof SuperTable) {
            return true;
        }
        throw isSuper && there instanceof SuperTable
                ? new TaosException(0x360, "STable already exists")
                : new TaosException(0x603, "Table already exists");
    }

    void create(Statement.CreateSubTables create, String sql, Session session, TimeReader times) {
        List<InsertPlan.Target> targets = new ArrayList<>();
        for (Statement.SubTable definition : create.tables()) {
            SuperTable parent = catalog.superTable(definition.superTable(), session);
            Database database = catalog.databaseOf(definition.name(), session);
            List<Column> given =
                    definition.tags() == null ? parent.tags() : tags(parent, definition.tags());
            Lexer lexer = new Lexer(sql, definition.valuesAt());
            Object[] values;
            try {
                values = new TagReader(lexer, new ValueReader(lexer, times)).read(parent, given);
            } catch (TaosException tooFew) {
                if (tooFew.getMessage().endsWith("(invalid data or symbol)")
                        && sql.startsWith(")", lexer.start())) {
                    throw new TaosException(0x260d, "Tags number not matched");
                }
                throw tooFew;
            }
            if (!exists(database, definition.name().name(), definition.ifNotExists(), false)) {
                SubTable table =
                        new SubTable(
                                parent, definition.name().name(), System.currentTimeMillis(), 0);
                targets.add(new InsertPlan.Target(table, values));
            }
        }
        writer.create(targets, this);
    }

    private static List<Column> tags(SuperTable parent, List<String> names) {
        List<Column> tags = new ArrayList<>();
        for (String name : names) {
            Column tag = Table.find(parent.tags(), name);
            if (tag == null) {
                throw new TaosException(0x2602, "Invalid column name: " + name);
            }
            tags.add(tag);
        }
        return tags;
    }

    void drop(Statement.DropTables drop, Session session) {
        List<Table> tables = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            Table table = catalog.databaseOf(name, session).tables().get(name.name());
            boolean wrongKind = drop.superTable() && !(table instanceof SuperTable);
            if (table != null && !wrongKind) {
                tables.add(table);
            } else if (!drop.ifExists()) {
                throw drop.superTable()
                        ? new TaosException(0x362, "STable not exist")
                        : new TaosException(0x2603, "Table does not exist");
            }
        }
        tables.forEach(this::drop);
    }

    private void drop(Table table) {
        writer.forgetStatements(true);
        Map<String, Table> tables = table.database().tables();
        if (table instanceof SubTable sub) {
            store.execute(
                    "DELETE FROM T" + sub.storage() + " WHERE TID = " + sub.id(),
                    "DELETE FROM G" + sub.storage() + " WHERE TID = " + sub.id());
            sub.parent().subTables().remove(sub.name());
        } else {
            store.execute("DROP TABLE T" + table.storage());
            if (table instanceof SuperTable superTable) {
                store.execute("DROP TABLE G" + table.storage());
                superTable.subTables().keySet().forEach(tables::remove);
            }
            metadata.forget(table);
        }
        tables.remove(table.name());
    }
}
