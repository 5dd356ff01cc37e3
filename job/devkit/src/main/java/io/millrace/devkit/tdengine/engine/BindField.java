package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;

/**
 * What one {@code ?} of a prepared INSERT stands for, as the server tells drivers.
 *
 * @param precision code of the database's precision for a time, digits of a decimal, else 0
 * @param bytes bytes of the longest value, its length's included
 */
public record BindField(String name, int type, int precision, int scale, int bytes, Kind kind) {
    private static final int NAME_BYTES = 271;
    private static final int JSON_BYTES = 16384;

    /** What a parameter is. */
    public enum Kind {
        COLUMN(1),
        TAG(2),
        TABLE_NAME(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** Code on the wire. */
        public int code() {
            return code;
        }
    }

    /** The name of the table. */
    static BindField tableName() {
        return new BindField("tbname", DataType.VARCHAR.code(), 0, 0, NAME_BYTES, Kind.TABLE_NAME);
    }

    /** A column or tag. */
    static BindField of(Column column, Database database) {
        ColumnType type = column.type();
        boolean time = type.type() == DataType.TIMESTAMP;
        return new BindField(
                column.name(),
                type.type().code(),
                time ? database.precision().ordinal() : type.precision(),
                type.scale(),
                type.type() == DataType.JSON ? JSON_BYTES : type.storageBytes(),
                column.isTag() ? Kind.TAG : Kind.COLUMN);
    }
}
