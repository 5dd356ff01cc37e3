package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.engine.BoundColumn;
import io.millrace.devkit.tdengine.engine.BoundTable;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the message in which a driver binds values: tables, tags and columns. */
final class BindMessage {
    private static final int HEADER = 28;

    private final byte[] bytes;
    private final int begin;
    private final ByteBuffer in;

    private BindMessage(byte[] bytes, int begin) {
        this.bytes = bytes;
        this.begin = begin;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a message; what it returns refers to the same bytes.
     *
     * @param begin where the data begins, behind the header that all messages have
     */
    static List<BoundTable> read(byte[] bytes, int begin) {
        int length = bytes.length - begin;
        if (length < HEADER) {
            throw new TaosException(TaosException.ADAPTER, "data length is less than 28");
        }
        BindMessage message = new BindMessage(bytes, begin);
        int told = message.in.getInt(begin);
        if (told != length) {
            throw new TaosException(
                    TaosException.ADAPTER,
                    "total length not match, expect " + length + ", but get " + told);
        }
        try {
            return message.tables();
        } catch (BufferUnderflowException | IndexOutOfBoundsException broken) {
            throw malformed();
        } catch (IllegalArgumentException broken) {
            throw malformed();
        }
    }

    private static TaosException malformed() {
        return new TaosException(TaosException.ADAPTER, "bind data is malformed");
    }

    private List<BoundTable> tables() {
        int count = in.getInt(begin + 4);
        int tagCount = in.getInt(begin + 8);
        int columnCount = in.getInt(begin + 12);
        if (count < 0 || count > bytes.length) {
            throw malformed();
        }
        String[] names = names(count, in.getInt(begin + 16));
        List<List<BoundColumn>> tags = section(count, tagCount, in.getInt(begin + 20));
        List<List<BoundColumn>> columns = section(count, columnCount, in.getInt(begin + 24));
        List<BoundTable> tables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tables.add(new BoundTable(names[i], tags.get(i), columns.get(i)));
        }
        return tables;
    }

    /** Names, each with a NUL behind it; all null if none are bound. */
    private String[] names(int count, int offset) {
        String[] names = new String[count];
        int at = begin + offset + 2 * count;
        for (int i = 0; offset > 0 && i < count; i++) {
            int length = in.getShort(begin + offset + 2 * i) & 0xffff;
            int end = at;
            while (end < at + length && bytes[end] != 0) {
                end++;
            }
            names[i] = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at += length;
        }
        return names;
    }

    /** Tags or columns of all tables. */
    private List<List<BoundColumn>> section(int count, int width, int offset) {
        List<List<BoundColumn>> tables = new ArrayList<>(count);
        if (offset > 0) {
            in.position(begin + offset + 4 * count); // behind the length of each table's part
        }
        for (int i = 0; i < count; i++) {
            List<BoundColumn> values = new ArrayList<>(offset > 0 ? width : 0);
            for (int j = 0; offset > 0 && j < width; j++) {
                values.add(column());
            }
            tables.add(values);
        }
        return tables;
    }

    private BoundColumn column() {
        int end = in.position() + in.getInt();
        int type = in.getInt();
        int rows = in.getInt();
        int nullsAt = in.position();
        in.position(nullsAt + rows);
        int[] starts = null;
        if (in.get() != 0) {
            starts = new int[rows + 1];
            for (int i = 0; i < rows; i++) {
                int length = in.getInt();
                if (length < 0) {
                    throw malformed();
                }
                starts[i + 1] = starts[i] + length;
            }
        }
        int length = in.getInt();
        int values = in.position();
        int needed = starts == null ? rows * BoundColumn.width(type) : starts[rows];
        if (length < needed && !allNull(nullsAt, rows) || values + length > end) {
            throw malformed();
        }
        in.position(end);
        return new BoundColumn(bytes, type, rows, nullsAt, values, starts);
    }

    private boolean allNull(int at, int rows) {
        for (int i = 0; i < rows; i++) {
            if (bytes[at + i] == 0) {
                return false;
            }
        }
        return true;
    }
}
