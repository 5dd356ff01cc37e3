package io.millrace.devkit.tdengine.engine;

import java.util.List;

/** A table as users see it. Changed under the engine's exclusive lock only. */
abstract sealed class Table permits SuperTable, SubTable, NormalTable {
    private final Database database;
    private final String name;
    private final long created;

    Table(Database database, String name, long created) {
        this.database = database;
        this.name = name;
        this.created = created;
    }

    Database database() {
        return database;
    }

    String name() {
        return name;
    }

    /** Milliseconds since 1970. */
    long created() {
        return created;
    }

    /** The columns, the time first. */
    abstract List<Column> columns();

    /** The tags, none for a normal table. */
    abstract List<Column> tags();

    /** Number in the names of the H2 tables that keep its rows. */
    abstract int storage();

    static Column find(List<Column> columns, String name) {
        for (Column column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }
}
