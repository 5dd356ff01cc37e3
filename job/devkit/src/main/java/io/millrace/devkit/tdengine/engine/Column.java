package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import java.util.Arrays;
import java.util.List;

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

    /** Where the time lies among columns and, behind it, where the second part of the key lies. */
    static int[] keys(List<Column> columns) {
        int[] keys = new int[columns.size()];
        int count = 0;
        for (Kind kind : new Kind[] {Kind.TIME, Kind.KEY}) {
            for (int i = 0; i < keys.length; i++) {
                if (columns.get(i).kind() == kind) {
                    keys[count++] = i;
                }
            }
        }
        return Arrays.copyOf(keys, count);
    }

    boolean isTag() {
        return kind == Kind.TAG;
    }

    /** Its name in H2. */
    String stored() {
        return (kind == Kind.TAG ? "G" : "C") + id;
    }
}
