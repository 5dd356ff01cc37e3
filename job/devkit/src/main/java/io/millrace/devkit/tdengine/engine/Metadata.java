package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Strings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Keeps definitions in H2, so that a server with a folder finds them again. */
final class Metadata {
    private final Store store;

    Metadata(Store store) {
        this.store = store;
        store.execute(
                "CREATE TABLE IF NOT EXISTS META_DATABASES(NAME VARCHAR PRIMARY KEY, CREATED"
                        + " BIGINT, OPTIONS VARCHAR)",
                "CREATE TABLE IF NOT EXISTS META_TABLES(ID INT PRIMARY KEY, DB VARCHAR, NAME"
                        + " VARCHAR, CREATED BIGINT, SUPER BOOLEAN, COMMENT VARCHAR, COLS VARCHAR)");
    }

    void save(Database database) {
        String options =
                database.options().entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining("\n"));
        store.execute(
                "MERGE INTO META_DATABASES VALUES("
                        + Strings.literal(database.name())
                        + ", "
                        + database.created()
                        + ", "
                        + Strings.literal(options)
                        + ")");
    }

    void save(Table table) {
        String comment =
                table instanceof SuperTable superTable
                        ? superTable.comment()
                        : ((NormalTable) table).comment();
        store.execute(
                "MERGE INTO META_TABLES VALUES("
                        + table.storage()
                        + ", "
                        + Strings.literal(table.database().name())
                        + ", "
                        + Strings.literal(table.name())
                        + ", "
                        + table.created()
                        + ", "
                        + (table instanceof SuperTable)
                        + ", "
                        + (comment == null ? "NULL" : Strings.literal(comment))
                        + ", "
                        + Strings.literal(Definitions.write(table.columns(), table.tags()))
                        + ")");
    }

    void forget(Database database) {
        store.execute(
                "DELETE FROM META_DATABASES WHERE NAME = " + Strings.literal(database.name()));
    }

    void forget(Table table) {
        store.execute("DELETE FROM META_TABLES WHERE ID = " + table.storage());
    }

    /** Fills the catalog with what was kept, and moves the counter past all numbers in use. */
    void load(Catalog catalog, AtomicInteger lastId) {
        store.read(
                "SELECT NAME, CREATED, OPTIONS FROM META_DATABASES",
                row -> {
                    Map<String, String> options = new HashMap<>();
                    for (String line : row.getString("OPTIONS").split("\n")) {
                        int equals = line.indexOf('=');
                        if (equals > 0) {
                            options.put(line.substring(0, equals), line.substring(equals + 1));
                        }
                    }
                    catalog.databases()
                            .put(
                                    row.getString("NAME"),
                                    new Database(
                                            row.getString("NAME"),
                                            row.getLong("CREATED"),
                                            options));
                });
        store.read(
                "SELECT * FROM META_TABLES",
                row -> {
                    Database database = catalog.database(row.getString("DB"));
                    int id = row.getInt("ID");
                    lastId.accumulateAndGet(id, Math::max);
                    Table table =
                            row.getBoolean("SUPER")
                                    ? new SuperTable(
                                            database,
                                            row.getString("NAME"),
                                            row.getLong("CREATED"),
                                            id,
                                            Definitions.read(row, false),
                                            Definitions.read(row, true),
                                            row.getString("COMMENT"))
                                    : new NormalTable(
                                            database,
                                            row.getString("NAME"),
                                            row.getLong("CREATED"),
                                            id,
                                            Definitions.read(row, false),
                                            row.getString("COMMENT"));
                    database.tables().put(table.name(), table);
                });
        catalog.databases().values().forEach(database -> loadSeries(database, lastId));
    }

    private void loadSeries(Database database, AtomicInteger lastId) {
        for (Table table : Map.copyOf(database.tables()).values()) {
            Map<Integer, Series> series = new HashMap<>();
            if (table instanceof NormalTable normal) {
                series.put(0, normal);
            } else if (table instanceof SuperTable superTable) {
                store.read(
                        "SELECT TID, TBNAME, CREATED FROM G" + table.storage(),
                        row -> {
                            int id = row.getInt(1);
                            lastId.accumulateAndGet(id, Math::max);
                            SubTable sub =
                                    new SubTable(superTable, row.getString(2), row.getLong(3), id);
                            superTable.subTables().put(sub.name(), sub);
                            database.tables().put(sub.name(), sub);
                            series.put(id, sub);
                        });
            }
            store.read(
                    "SELECT TID, MAX("
                            + table.columns().get(0).stored()
                            + ") FROM T"
                            + table.storage()
                            + " GROUP BY TID",
                    row -> series.get(row.getInt(1)).newest(row.getLong(2)));
        }
    }
}
