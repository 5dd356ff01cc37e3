package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.engine.ResultColumn;
import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows as a raw block, the column-wise binary form in which results travel. */
final class Blocks {
    private static final int COLUMN_INFORMATION_PRESENT = 0x80000000;

    private Blocks() {}

    static void write(ByteBuf out, List<ResultColumn> columns, List<Object[]> rows) {
        int begin = out.writerIndex();
        out.writeIntLE(1);
        out.writeIntLE(0); // the length, known at the end
        out.writeIntLE(rows.size());
        out.writeIntLE(columns.size());
        out.writeIntLE(COLUMN_INFORMATION_PRESENT);
        out.writeLongLE(0);
        for (ResultColumn column : columns) {
            out.writeByte(column.type().type().code());
            out.writeIntLE(bytes(column.type()));
        }
        int lengths = out.writerIndex();
        out.writeZero(4 * columns.size());
        for (int i = 0; i < columns.size(); i++) {
            DataType type = columns.get(i).type().type();
            int length =
                    type.width() > 0
                            ? fixed(out, columns.get(i).type(), rows, i)
                            : variable(out, type, rows, i);
            out.setIntLE(lengths + 4 * i, length);
        }
        out.writeByte(0);
        out.setIntLE(begin + 4, out.writerIndex() - begin);
    }

    private static int bytes(ColumnType type) {
        return type.type().isDecimal()
                ? type.type().width() << 24 | type.precision() << 8 | type.scale()
                : type.storageBytes();
    }

    /** Writes a column of fixed width and returns the length of its values. */
    private static int fixed(ByteBuf out, ColumnType type, List<Object[]> rows, int column) {
        int bitmap = out.writerIndex();
        out.writeZero((rows.size() + 7) / 8);
        int width = type.type().width();
        for (int r = 0; r < rows.size(); r++) {
            Object value = rows.get(r)[column];
            if (value == null) {
                int at = bitmap + (r >> 3);
                out.setByte(at, out.getByte(at) | 0x80 >> (r & 7));
                out.writeZero(width);
            } else {
                value(out, type, value);
            }
        }
        return rows.size() * width;
    }

    private static void value(ByteBuf out, ColumnType type, Object value) {
        switch (type.type()) {
            case BOOL -> out.writeByte((Boolean) value ? 1 : 0);
            case TINYINT, UTINYINT -> out.writeByte((Integer) value);
            case SMALLINT, USMALLINT -> out.writeShortLE((Integer) value);
            case INT -> out.writeIntLE((Integer) value);
            case UINT -> out.writeIntLE(((Long) value).intValue());
            case BIGINT, TIMESTAMP -> out.writeLongLE((Long) value);
            case UBIGINT -> out.writeLongLE(((BigInteger) value).longValue());
            case FLOAT -> out.writeFloatLE((Float) value);
            case DOUBLE -> out.writeDoubleLE((Double) value);
            case DECIMAL64 ->
                    out.writeLongLE(
                            ((BigDecimal) value)
                                    .setScale(type.scale())
                                    .unscaledValue()
                                    .longValue());
            case DECIMAL -> {
                BigInteger unscaled = ((BigDecimal) value).setScale(type.scale()).unscaledValue();
                out.writeLongLE(unscaled.longValue());
                out.writeLongLE(unscaled.shiftRight(64).longValue());
            }
            default -> throw new IllegalStateException(type.type() + " has no fixed width");
        }
    }

    /** Writes a column of texts or bytes and returns the length of its values. */
    private static int variable(ByteBuf out, DataType type, List<Object[]> rows, int column) {
        int offsets = out.writerIndex();
        out.writeZero(4 * rows.size());
        int begin = out.writerIndex();
        for (int r = 0; r < rows.size(); r++) {
            Object value = rows.get(r)[column];
            if (value == null) {
                out.setIntLE(offsets + 4 * r, -1);
                continue;
            }
            out.setIntLE(offsets + 4 * r, out.writerIndex() - begin);
            if (type == DataType.NCHAR) {
                codePoints(out, (String) value);
                continue;
            }
            byte[] bytes =
                    value instanceof byte[] raw
                            ? raw
                            : value.toString().getBytes(StandardCharsets.UTF_8);
            if (type == DataType.BLOB) {
                out.writeIntLE(bytes.length);
            } else {
                out.writeShortLE(bytes.length);
            }
            out.writeBytes(bytes);
        }
        return out.writerIndex() - begin;
    }

    private static void codePoints(ByteBuf out, String text) {
        out.writeShortLE(4 * text.codePointCount(0, text.length()));
        text.codePoints().forEach(out::writeIntLE);
    }
}
