package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.RowValues;
import io.millrace.tdengine.sink.row.TagValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows by columns, as the parameters of a prepared statement go over the wire. The driver's own way
 * there needs an object per value and loses errors. Reused from batch to batch; not thread-safe.
 *
 * <p>A block has a head of seven numbers, then the names of its tables, then their tags, then their
 * columns; each tag or column is a record: its length, type and number of values, a NULL mark for
 * each, their lengths if they have any, and their bytes.
 */
final class BindBlock {
    /** Below, the prepared statement costs more than the text of the same rows. */
    private static final int ROWS_PER_TABLE = 8;

    private static final int MIN_ROWS = 200;

    private static final int HEAD_BYTES = 28;
    private static final int RECORD_HEAD_BYTES = 12;

    private final GrowingBytes out;
    private String sql;

    // Of the columns being written: their widths (0: they have lengths), and where each column's
    // NULL marks, lengths and bytes are written next.
    private int[] widths = new int[0];
    private int[] marks = new int[0];
    private int[] lengths = new int[0];
    private int[] cursors = new int[0];

    BindBlock(int initialBytes) {
        this.out = new GrowingBytes(initialBytes);
    }

    /** The statement that takes the block. */
    String sql() {
        return sql;
    }

    GrowingBytes bytes() {
        return out;
    }

    /**
     * Writes rows of a batch, replacing what the block holds.
     *
     * @param order all rows of the batch, those of one table together
     * @param from the first to be written
     * @param to behind the last to be written
     * @return false if text is better for the rows, or the only way
     */
    boolean fill(RowBatch batch, int[] order, int from, int to) {
        if (to - from < MIN_ROWS) {
            return false;
        }
        TableEntry first = batch.table(order[from]);
        TagValues.Kind kind = first.isCreatedOnDemand() ? first.tags().kind() : null;
        ColumnSet columns = batch.columns(order[from]);
        if (batch.groups() != batch.tables()
                || kind == null && batch.tables() > 1
                || !isBindable(columns.columns())
                || kind != null && !isBindable(kind.tags())) {
            return false;
        }
        int[] ends = runs(batch, order, from, to, kind, columns);
        if (ends == null) {
            return false;
        }
        sql = kind == null ? sql(first, columns) : sql(kind, columns);
        write(batch, order, from, ends, kind, columns);
        return true;
    }

    /** A decimal cannot be bound, a geometry not as text. */
    private static boolean isBindable(List<TargetColumn> columns) {
        for (TargetColumn column : columns) {
            switch (column.type()) {
                case DECIMAL, GEOMETRY, JSON, UNKNOWN -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    /**
     * Where the rows of each table end; null if the tables have few rows each, or not all are of
     * one kind with equal columns.
     */
    private static int[] runs(
            RowBatch batch, int[] order, int from, int to, TagValues.Kind kind, ColumnSet columns) {
        int most = (to - from) / ROWS_PER_TABLE;
        int[] ends = new int[Math.min(batch.tables(), most)];
        int table = -1;
        TableEntry current = null;
        for (int i = from; i < to; i++) {
            TableEntry entry = batch.table(order[i]);
            if (entry != current) {
                current = entry;
                table++;
                if (table == ends.length
                        || batch.columns(order[i]) != columns
                        || kind != null && !isOfKind(entry, kind)) {
                    return null;
                }
            }
            ends[table] = i + 1;
        }
        return Arrays.copyOf(ends, table + 1);
    }

    private static boolean isOfKind(TableEntry table, TagValues.Kind kind) {
        return table.hasPlainName()
                && table.isCreatedOnDemand()
                && table.tags().kind().equals(kind);
    }

    private static String sql(TableEntry table, ColumnSet columns) {
        return "INSERT INTO "
                + new String(table.qualifiedName(), StandardCharsets.UTF_8)
                + " "
                + new String(columns.sql(), StandardCharsets.UTF_8)
                + " VALUES "
                + marks(columns.columns());
    }

    /** The form with USING would take its database from the connection alone. */
    private static String sql(TagValues.Kind kind, ColumnSet columns) {
        List<TargetColumn> all =
                Stream.concat(kind.tags().stream(), columns.columns().stream()).toList();
        return "INSERT INTO "
                + kind.superTable()
                + all.stream()
                        .map(column -> SqlText.name(column.name()))
                        .collect(Collectors.joining(",", " (tbname,", ") VALUES (?,"))
                + marks(all).substring(1);
    }

    private static String marks(List<TargetColumn> columns) {
        return Stream.generate(() -> "?")
                .limit(columns.size())
                .collect(Collectors.joining(",", "(", ")"));
    }

    private void write(
            RowBatch batch,
            int[] order,
            int first,
            int[] ends,
            TagValues.Kind kind,
            ColumnSet columns) {
        int tables = ends.length;
        out.clear();
        out.ensure(HEAD_BYTES);
        out.truncate(HEAD_BYTES);
        int names = 0;
        int tags = 0;
        if (kind != null) {
            names = out.length();
            names(batch, order, ends);
            tags = out.length();
            tags(batch, order, ends, kind);
        }
        int begin = out.length();
        skip(tables * Integer.BYTES);
        widths(columns.columns());
        int from = first;
        for (int table = 0; table < tables; table++) {
            int start = out.length();
            columns(batch, order, from, ends[table], columns.columns());
            out.putInt(begin + table * Integer.BYTES, out.length() - start);
            from = ends[table];
        }
        out.putInt(0, out.length());
        out.putInt(4, tables);
        out.putInt(8, kind == null ? 0 : kind.tags().size());
        out.putInt(12, columns.columns().size());
        out.putInt(16, names);
        out.putInt(20, tags);
        out.putInt(24, begin);
    }

    private int skip(int bytes) {
        int position = out.length();
        out.ensure(bytes);
        out.truncate(position + bytes);
        return position;
    }

    private void names(RowBatch batch, int[] order, int[] ends) {
        int lengthAt = skip(ends.length * Short.BYTES);
        for (int end : ends) {
            TableEntry table = batch.table(order[end - 1]);
            int start = out.length();
            out.appendAscii(table.name());
            out.append((byte) 0);
            out.putShort(lengthAt, out.length() - start);
            lengthAt += Short.BYTES;
        }
    }

    private void tags(RowBatch batch, int[] order, int[] ends, TagValues.Kind kind) {
        int lengthAt = skip(ends.length * Integer.BYTES);
        for (int end : ends) {
            byte[] values = batch.table(order[end - 1]).tags().values();
            int start = out.length();
            int position = 0;
            for (TargetColumn tag : kind.tags()) {
                record(tag.type(), values, position);
                position = RowValues.next(values, position);
            }
            out.putInt(lengthAt, out.length() - start);
            lengthAt += Integer.BYTES;
        }
    }

    /** A record of one value. */
    private void record(TDengineType type, byte[] values, int position) {
        int width = width(type);
        boolean isNull = RowValues.isNull(values, position);
        int length = width > 0 ? width : RowValues.length(values, position);
        int start = recordHead(type, 1);
        out.append((byte) (isNull ? 1 : 0));
        out.append((byte) (width > 0 ? 0 : 1));
        if (width == 0) {
            out.appendInt(length);
        }
        out.appendInt(length);
        int at = skip(length);
        if (!isNull) {
            if (width > 0) {
                putFixed(at, width, RowValues.bits(values, position));
            } else {
                System.arraycopy(values, RowValues.start(position), out.bytes(), at, length);
            }
        }
        out.putInt(start, out.length() - start);
    }

    private int recordHead(TDengineType type, int count) {
        int start = skip(RECORD_HEAD_BYTES);
        out.putInt(start + 4, code(type));
        out.putInt(start + 8, count);
        return start;
    }

    private void widths(List<TargetColumn> columns) {
        if (widths.length < columns.size()) {
            widths = new int[columns.size()];
            marks = new int[columns.size()];
            lengths = new int[columns.size()];
            cursors = new int[columns.size()];
        }
        for (int i = 0; i < columns.size(); i++) {
            widths[i] = width(columns.get(i).type());
        }
    }

    /** The records of one table's columns. */
    private void columns(
            RowBatch batch, int[] order, int from, int to, List<TargetColumn> columns) {
        byte[] values = batch.values().bytes();
        int count = to - from;
        int size = columns.size();
        // Behind each record the next begins, so the lengths of texts must be known before.
        measure(batch, values, order, from, to, size);
        for (int i = 0; i < size; i++) {
            boolean fixed = widths[i] > 0;
            int bytes = fixed ? count * widths[i] : cursors[i];
            int start = recordHead(columns.get(i).type(), count);
            marks[i] = skip(count);
            out.append((byte) (fixed ? 0 : 1));
            lengths[i] = fixed ? 0 : skip(count * Integer.BYTES);
            out.appendInt(bytes);
            cursors[i] = skip(bytes);
            out.putInt(start, out.length() - start);
        }
        for (int i = from; i < to; i++) {
            int position = batch.start(order[i]);
            for (int column = 0; column < size; column++) {
                value(column, values, position);
                position = RowValues.next(values, position);
            }
        }
    }

    /** Puts the sums of the lengths of the values that have lengths into the cursors. */
    private void measure(RowBatch batch, byte[] values, int[] order, int from, int to, int size) {
        boolean allFixed = true;
        for (int column = 0; column < size; column++) {
            cursors[column] = 0;
            allFixed &= widths[column] > 0;
        }
        if (allFixed) {
            return;
        }
        for (int i = from; i < to; i++) {
            int position = batch.start(order[i]);
            for (int column = 0; column < size; column++) {
                cursors[column] += RowValues.length(values, position);
                position = RowValues.next(values, position);
            }
        }
    }

    private void value(int column, byte[] values, int position) {
        int width = widths[column];
        byte[] target = out.bytes();
        boolean isNull = RowValues.isNull(values, position);
        target[marks[column]++] = (byte) (isNull ? 1 : 0);
        if (width > 0) {
            putFixed(cursors[column], width, isNull ? 0 : RowValues.bits(values, position));
            cursors[column] += width;
            return;
        }
        int length = RowValues.length(values, position);
        out.putInt(lengths[column], length);
        lengths[column] += Integer.BYTES;
        if (length > 0) {
            System.arraycopy(values, RowValues.start(position), target, cursors[column], length);
        }
        cursors[column] += length;
    }

    private void putFixed(int position, int width, long bits) {
        switch (width) {
            case 1 -> out.bytes()[position] = (byte) bits;
            case 2 -> out.putShort(position, (int) bits);
            case 4 -> out.putInt(position, (int) bits);
            default -> out.putLong(position, bits);
        }
    }

    /** Bytes of a value; 0 for types whose values have lengths. */
    private static int width(TDengineType type) {
        return switch (type) {
            case BOOL, TINYINT, TINYINT_UNSIGNED -> 1;
            case SMALLINT, SMALLINT_UNSIGNED -> 2;
            case INT, INT_UNSIGNED, FLOAT -> 4;
            case BIGINT, BIGINT_UNSIGNED, DOUBLE, TIMESTAMP -> 8;
            default -> 0;
        };
    }

    /** The type's number in the protocol. */
    private static int code(TDengineType type) {
        return switch (type) {
            case BOOL -> 1;
            case TINYINT -> 2;
            case SMALLINT -> 3;
            case INT -> 4;
            case BIGINT -> 5;
            case FLOAT -> 6;
            case DOUBLE -> 7;
            case VARCHAR -> 8;
            case TIMESTAMP -> 9;
            case NCHAR -> 10;
            case TINYINT_UNSIGNED -> 11;
            case SMALLINT_UNSIGNED -> 12;
            case INT_UNSIGNED -> 13;
            case BIGINT_UNSIGNED -> 14;
            case VARBINARY -> 16;
            default -> throw new IllegalArgumentException(type + " cannot be bound");
        };
    }
}
