package io.millrace.tdengine.sink;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row as TDengine would get it.
 *
 * @param table its table or sub-table
 * @param superTable the super table of a sub-table; null if the table must exist
 * @param values of columns and then tags, as texts, numbers, booleans, bytes or null; times as
 *     texts
 */
public record RehearsedRow(
        String database, String table, String superTable, Map<String, Object> values)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RehearsedRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
