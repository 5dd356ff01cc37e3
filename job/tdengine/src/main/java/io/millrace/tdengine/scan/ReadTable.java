package io.millrace.tdengine.scan;

import io.millrace.common.DidYouMean;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.util.Optional;

/**
 * A table of the server from which is read. Immutable.
 *
 * @param table what the server says of it
 */
public record ReadTable(TargetTable table) {
    /** The name of the sub-table, as TDengine calls it. */
    public static final String TABLE_NAME = "tbname";

    /** The unit of its times. */
    public TimePrecision precision() {
        return table.precision();
    }

    /** {@code `database`.`table`}. */
    public String sqlName() {
        return SqlText.name(table.database()) + "." + SqlText.name(table.name());
    }

    /** The column that makes a position. */
    public ReadColumn time() {
        return ReadColumn.of(table.timeColumn());
    }

    /** Whether rows of one sub-table may have equal times. */
    boolean hasCompositeKey() {
        return table.columns().stream().anyMatch(c -> c.role() == TargetColumn.Role.KEY);
    }

    /**
     * Finds a column.
     *
     * @throws ReadRefusedException if there is none of that name
     */
    public ReadColumn column(String name) {
        Optional<TargetColumn> found = table.column(name);
        if (found.isPresent()) {
            return ReadColumn.of(found.get());
        }
        if (name.equalsIgnoreCase(TABLE_NAME)) {
            return ReadColumn.tableName();
        }
        throw new ReadRefusedException(
                "Table '"
                        + table.database()
                        + "."
                        + table.name()
                        + "' has no column '"
                        + name
                        + "'. It has: "
                        + table.describeColumns()
                        + "."
                        + DidYouMean.hint(
                                table.columns().stream().map(TargetColumn::name).toList(), name));
    }
}
