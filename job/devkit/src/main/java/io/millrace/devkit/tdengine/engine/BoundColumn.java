package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;

/**
 * Values of one column or tag as they lie in a bind message, read in place.
 *
 * @param message the whole message
 * @param type code of the values' type
 * @param rows number of values
 * @param nullsAt where the flags begin, one byte per row, 1 for NULL
 * @param values where the values begin: of fixed width one behind the other, or else one at each of
 *     {@code starts}
 * @param starts for types without a fixed width where each value begins, and where the last ends;
 *     null for the others
 */
public record BoundColumn(
        byte[] message, int type, int rows, int nullsAt, int values, int[] starts) {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whether values of a type differ in length on the wire. */
    public static boolean isVariable(int type) {
        DataType known = type(type);
        return known != null && known.width() == 0;
    }

    /** Bytes of a value of a type on the wire, 0 if values differ in length. */
    public static int width(int type) {
        DataType known = type(type);
        return known == null ? 0 : known.width();
    }

    /** The type of a code, or null if there is none. */
    static DataType type(int code) {
        return code >= 0 && code < TYPES.length ? TYPES[code] : null;
    }

    private static final DataType[] TYPES = typesByCode();

    private static DataType[] typesByCode() {
        DataType[] byCode = new DataType[32];
        Arrays.stream(DataType.values()).forEach(type -> byCode[type.code()] = type);
        return byCode;
    }

    boolean isNull(int row) {
        return message[nullsAt + row] != 0;
    }

    int start(int row) {
        return values + starts[row];
    }

    int length(int row) {
        return starts[row + 1] - starts[row];
    }

    /** A whole number or a time. */
    long longAt(int row, DataType kind) {
        return switch (kind) {
            case BOOL, TINYINT -> message[values + row];
            case UTINYINT -> message[values + row] & 0xff;
            case SMALLINT -> (short) SHORT.get(message, values + 2 * row);
            case USMALLINT -> (short) SHORT.get(message, values + 2 * row) & 0xffff;
            case INT -> (int) INT.get(message, values + 4 * row);
            case UINT -> (int) INT.get(message, values + 4 * row) & 0xffffffffL;
            default -> (long) LONG.get(message, values + 8 * row);
        };
    }

    double doubleAt(int row) {
        return Double.longBitsToDouble((long) LONG.get(message, values + 8 * row));
    }

    float floatAt(int row) {
        return Float.intBitsToFloat((int) INT.get(message, values + 4 * row));
    }

    String text(int row) {
        return new String(message, start(row), length(row), StandardCharsets.UTF_8);
    }

    byte[] bytes(int row) {
        return Arrays.copyOfRange(message, start(row), start(row) + length(row));
    }

    /** Hands a value over to H2. */
    void set(int row, ColumnType target, PreparedStatement statement, int at) throws SQLException {
        if (isNull(row)) {
            statement.setNull(at, Types.NULL);
            return;
        }
        DataType kind = target.type();
        switch (kind) {
            case BOOL -> statement.setBoolean(at, message[values + row] != 0);
            case TINYINT, SMALLINT, INT, UTINYINT, USMALLINT ->
                    statement.setInt(at, (int) longAt(row, kind));
            case BIGINT, UINT, TIMESTAMP -> statement.setLong(at, longAt(row, kind));
            case FLOAT -> statement.setFloat(at, floatAt(row));
            case DOUBLE -> statement.setDouble(at, doubleAt(row));
            default -> statement.setObject(at, object(row, target));
        }
    }

    /** A value as an object, as the engine keeps it elsewhere. */
    Object object(int row, ColumnType target) {
        if (isNull(row)) {
            return null;
        }
        DataType kind = target.type();
        return switch (kind) {
            case BOOL -> message[values + row] != 0;
            case TINYINT, SMALLINT, INT, UTINYINT, USMALLINT -> (int) longAt(row, kind);
            case BIGINT, UINT, TIMESTAMP -> longAt(row, kind);
            case UBIGINT -> new BigDecimal(Long.toUnsignedString(longAt(row, kind)));
            case FLOAT -> floatAt(row);
            case DOUBLE -> doubleAt(row);
            case VARCHAR, NCHAR -> text(row);
            case JSON -> length(row) == 0 ? null : text(row);
            case VARBINARY, BLOB, GEOMETRY -> bytes(row);
            case DECIMAL, DECIMAL64 -> decimal(row, target);
        };
    }

    private BigDecimal decimal(int row, ColumnType target) {
        if (starts != null) {
            return new BigDecimal(text(row));
        }
        int width = target.type().width();
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[width - 1 - i] = message[values + width * row + i];
        }
        return new BigDecimal(new BigInteger(bigEndian), target.scale());
    }
}
