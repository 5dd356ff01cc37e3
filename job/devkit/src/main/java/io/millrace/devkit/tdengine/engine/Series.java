package io.millrace.devkit.tdengine.engine;

import java.util.List;

/** A table that has rows of its own: a sub-table or a normal table. */
sealed interface Series permits SubTable, NormalTable {
    int storage();

    /** Tells its rows from those of other sub-tables in the same H2 table. */
    int id();

    List<Column> columns();

    Database database();

    /** No row is newer; such rows can be added without looking for an older version of them. */
    long newest();

    void newest(long time);
}
