package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;

/**
 * A column, a tag or the name of the sub-table, as a query writes it.
 *
 * @param sql how it is written
 * @param column what is known of it
 * @param isTableName whether it is {@code tbname}
 */
public record ReadColumn(String sql, TargetColumn column, boolean isTableName) {
    private static final int LONGEST_NAME = 192;

    static ReadColumn of(TargetColumn column) {
        return new ReadColumn(SqlText.name(column.name()), column, false);
    }

    static ReadColumn tableName() {
        return new ReadColumn(
                ReadTable.TABLE_NAME,
                new TargetColumn(
                        ReadTable.TABLE_NAME,
                        TDengineType.VARCHAR,
                        LONGEST_NAME,
                        0,
                        TargetColumn.Role.TAG),
                true);
    }

    /** Its type. */
    public TDengineType type() {
        return column.type();
    }

    /** Whether it is the same for all rows of a sub-table. */
    public boolean isTag() {
        return column.isTag();
    }

    /** Whether it may be NULL. */
    boolean isNullable() {
        return !isTableName
                && column.role() != TargetColumn.Role.TIME
                && column.role() != TargetColumn.Role.KEY;
    }
}
