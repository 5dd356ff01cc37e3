package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TargetColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the values of a row follow each other in a buffer: each is a mark, and behind it 8 bytes, or
 * its length and its bytes, or nothing for NULL. What the bytes mean is said by the column:
 *
 * <ul>
 *   <li>{@code BOOL}: 0 or 1; whole numbers and {@code TIMESTAMP}: the number ({@code BIGINT
 *       UNSIGNED}: its 64 bits); {@code FLOAT} and {@code DOUBLE}: their bits,
 *   <li>texts, {@code JSON} and {@code GEOMETRY}: UTF-8; {@code DECIMAL}: its digits; {@code
 *       VARBINARY}: the bytes.
 * </ul>
 *
 * <p>Stateless.
 */
public final class RowValues {
    private static final byte NULL = 0;
    private static final byte FIXED = 1;
    private static final byte VARIABLE = 2;

    private static final int FIXED_BYTES = 1 + Long.BYTES;
    private static final int VARIABLE_HEAD = 1 + Integer.BYTES;

    private RowValues() {}

    static void appendNull(GrowingBytes out) {
        out.append(NULL);
    }

    static void append(GrowingBytes out, long bits) {
        out.append(FIXED);
        out.appendLong(bits);
    }

    static void append(GrowingBytes out, byte[] value) {
        out.append(VARIABLE);
        out.appendInt(value.length);
        out.append(value);
    }

    /** Where the value behind the one at a position begins. */
    public static int next(byte[] row, int position) {
        return switch (row[position]) {
            case NULL -> position + 1;
            case FIXED -> position + FIXED_BYTES;
            default -> start(position) + length(row, position);
        };
    }

    public static boolean isNull(byte[] row, int position) {
        return row[position] == NULL;
    }

    /** The 8 bytes of a value that has them. */
    public static long bits(byte[] row, int position) {
        return GrowingBytes.longAt(row, position + 1);
    }

    /** Replaces the 8 bytes of a value that has them. */
    public static void putBits(GrowingBytes row, int position, long bits) {
        row.putLong(position + 1, bits);
    }

    /** Where the bytes of a value begin that has a length. */
    public static int start(int position) {
        return position + VARIABLE_HEAD;
    }

    /** How many bytes a value has; 0 for NULL. */
    public static int length(byte[] row, int position) {
        return row[position] == VARIABLE ? GrowingBytes.intAt(row, position + 1) : 0;
    }

    /** A row's values by column as texts, numbers, booleans, bytes or null. */
    public static Map<String, Object> plain(ColumnSet columns, byte[] row, int from) {
        Map<String, Object> plain = new LinkedHashMap<>();
        int position = from;
        for (TargetColumn column : columns.columns()) {
            plain.put(column.name(), plain(column, row, position));
            position = next(row, position);
        }
        return plain;
    }

    private static Object plain(TargetColumn column, byte[] row, int position) {
        if (isNull(row, position)) {
            return null;
        }
        return switch (column.type()) {
            case BOOL -> bits(row, position) != 0;
            case FLOAT -> Float.intBitsToFloat((int) bits(row, position));
            case DOUBLE -> Double.longBitsToDouble(bits(row, position));
            case BIGINT_UNSIGNED -> new BigDecimal(Long.toUnsignedString(bits(row, position)));
            case DECIMAL -> new BigDecimal(text(row, position));
            case VARCHAR, NCHAR, JSON, GEOMETRY -> text(row, position);
            case VARBINARY -> {
                int start = start(position);
                yield Arrays.copyOfRange(row, start, start + length(row, position));
            }
            default -> bits(row, position);
        };
    }

    private static String text(byte[] row, int position) {
        return new String(row, start(position), length(row, position), StandardCharsets.UTF_8);
    }
}
