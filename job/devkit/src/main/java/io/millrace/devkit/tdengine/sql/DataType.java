package io.millrace.devkit.tdengine.sql;

/** TDengine's data types with the codes and widths of its wire format. */
public enum DataType {
    BOOL(1, 1, "BOOL"),
    TINYINT(2, 1, "TINYINT"),
    SMALLINT(3, 2, "SMALLINT"),
    INT(4, 4, "INT"),
    BIGINT(5, 8, "BIGINT"),
    FLOAT(6, 4, "FLOAT"),
    DOUBLE(7, 8, "DOUBLE"),
    VARCHAR(8, 0, "VARCHAR"),
    TIMESTAMP(9, 8, "TIMESTAMP"),
    NCHAR(10, 0, "NCHAR"),
    UTINYINT(11, 1, "TINYINT UNSIGNED"),
    USMALLINT(12, 2, "SMALLINT UNSIGNED"),
    UINT(13, 4, "INT UNSIGNED"),
    UBIGINT(14, 8, "BIGINT UNSIGNED"),
    JSON(15, 0, "JSON"),
    VARBINARY(16, 0, "VARBINARY"),
    DECIMAL(17, 16, "DECIMAL"),
    BLOB(18, 0, "BLOB"),
    GEOMETRY(20, 0, "GEOMETRY"),
    DECIMAL64(21, 8, "DECIMAL");

    private final int code;
    private final int width;
    private final String sql;

    DataType(int code, int width, String sql) {
        this.code = code;
        this.width = width;
        this.sql = sql;
    }

    /** Code on the wire. */
    public int code() {
        return code;
    }

    /** Bytes of a value on the wire, 0 if values differ in length. */
    public int width() {
        return width;
    }

    /** Name in SQL, without the length. */
    public String sql() {
        return sql;
    }

    /** Whether a length in brackets belongs to the type. */
    public boolean hasLength() {
        return switch (this) {
            case VARCHAR, NCHAR, VARBINARY, GEOMETRY -> true;
            default -> false;
        };
    }

    /** Whether values are text. */
    public boolean isText() {
        return this == VARCHAR || this == NCHAR || this == JSON;
    }

    /** Whether values are whole numbers. */
    public boolean isInteger() {
        return switch (this) {
            case TINYINT, SMALLINT, INT, BIGINT, UTINYINT, USMALLINT, UINT, UBIGINT -> true;
            default -> false;
        };
    }

    /** Whether values are whole numbers from 0. */
    public boolean isUnsigned() {
        return switch (this) {
            case UTINYINT, USMALLINT, UINT, UBIGINT -> true;
            default -> false;
        };
    }

    /** Whether values are numbers of any kind. */
    public boolean isNumeric() {
        return isInteger() || this == FLOAT || this == DOUBLE || isDecimal();
    }

    /** Whether values are exact decimal fractions. */
    public boolean isDecimal() {
        return this == DECIMAL || this == DECIMAL64;
    }
}
