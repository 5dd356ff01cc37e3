package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;

/**
 * A column or a tag of a table.
 *
 * @param name its name for users
 * @param type its type
 * @param id number that is never used again in its table, so that H2's name of it stays its own
 * @param kind what it is
 */
record Column(String name, ColumnType type, int id, Kind kind) {
    enum Kind {
        /** The first column, the time. */
        TIME,
        /** The second part of a composite key. */
        KEY,
        VALUE,
        TAG
    }

    /** Cheap, because columns are looked up for every table that an INSERT names. */
    @Override
    public int hashCode() {
        return name.hashCode() + id;
    }

    boolean isTag() {
        return kind == Kind.TAG;
    }

    /** Its name in H2. */
    String stored() {
        return (kind == Kind.TAG ? "G" : "C") + id;
    }
}
