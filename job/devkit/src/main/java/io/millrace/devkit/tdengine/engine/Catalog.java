package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.util.concurrent.ConcurrentSkipListMap;

/** Finds databases and tables by name, and refuses as TDengine does what is not there. */
final class Catalog {
    private final ConcurrentSkipListMap<String, Database> databases = new ConcurrentSkipListMap<>();

    ConcurrentSkipListMap<String, Database> databases() {
        return databases;
    }

    /** The database, or 0x388. */
    Database database(String name) {
        Database database = name == null ? null : databases.get(name);
        if (database == null) {
            throw new TaosException(0x388, "Database not exist");
        }
        return database;
    }

    /**
     * The database that a table's name is in; 0x2616 if neither the name nor the session has one.
     */
    Database databaseOf(QualifiedName table, Session session) {
        String name = table.database() == null ? session.database() : table.database();
        if (name == null) {
            throw new TaosException(0x2616, "Database not specified");
        }
        return database(name);
    }

    /** The table, or 0x2603. */
    Table table(QualifiedName name, Session session) {
        Table table = databaseOf(name, session).tables().get(name.name());
        if (table == null) {
            throw new TaosException(0x2603, "Table does not exist");
        }
        return table;
    }

    /** The super table, or 0x2603. */
    SuperTable superTable(QualifiedName name, Session session) {
        if (table(name, session) instanceof SuperTable superTable) {
            return superTable;
        }
        throw new TaosException(0x2603, "Table does not exist");
    }
}
