package io.millrace.devkit.tdengine.sql;

/**
 * A data type with its length.
 *
 * @param type the data type
 * @param length bytes of VARCHAR, VARBINARY and GEOMETRY, characters of NCHAR, else the width
 * @param precision digits of a DECIMAL, else 0
 * @param scale digits behind the point of a DECIMAL, else 0
 */
public record ColumnType(DataType type, int length, int precision, int scale) {
    private static final int JSON_LENGTH = 4095;

    /** A type of fixed width. */
    public static ColumnType of(DataType type) {
        return new ColumnType(type, type == DataType.JSON ? JSON_LENGTH : type.width(), 0, 0);
    }

    /** A type with a length. */
    public static ColumnType of(DataType type, int length) {
        return type.hasLength() ? new ColumnType(type, length, 0, 0) : of(type);
    }

    /** A decimal type, 64 bits wide up to 18 digits and 128 bits from there on. */
    public static ColumnType decimal(int precision, int scale) {
        DataType type = precision <= 18 ? DataType.DECIMAL64 : DataType.DECIMAL;
        return new ColumnType(type, type.width(), precision, scale);
    }

    /** The type that SQL text names, {@code VARCHAR(20)}. */
    public static ColumnType parse(String sql) {
        return new TypeParser(new Lexer(sql)).type();
    }

    /** Bytes that a column of this type occupies in the server: the width, or the longest value. */
    public int storageBytes() {
        return switch (type) {
            case VARCHAR, VARBINARY, GEOMETRY -> length + 2;
            case NCHAR, JSON -> length * 4 + 2;
            case BLOB -> 4 << 20;
            default -> type.width();
        };
    }

    /** The type as SQL writes it, {@code VARCHAR(20)}. */
    public String sql() {
        if (type.hasLength()) {
            return type.sql() + "(" + length + ")";
        }
        return type.isDecimal() ? type.sql() + "(" + precision + "," + scale + ")" : type.sql();
    }
}
