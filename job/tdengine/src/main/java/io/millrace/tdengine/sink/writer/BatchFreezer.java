package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.TagValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Makes bytes of a batch and a batch of bytes. What many rows share (kinds of tags, lists of
 * columns, tables) is written once, before the rows. Stateless.
 */
final class BatchFreezer {
    private BatchFreezer() {}

    /** Numbers what is shared, in the order of its first use. */
    private static <T> int number(Map<T, Integer> numbers, T value) {
        Integer known = numbers.putIfAbsent(value, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** The bytes of all rows of a batch. */
    static FrozenBatch freeze(RowBatch batch) {
        try {
            int[] order = batch.order();
            Map<TagValues.Kind, Integer> kinds = new LinkedHashMap<>();
            Map<ColumnSet, Integer> sets = new LinkedHashMap<>();
            Map<TableEntry, Integer> tables = new LinkedHashMap<>();
            for (int row : order) {
                TableEntry table = batch.table(row);
                number(tables, table);
                number(sets, batch.columns(row));
                if (table.tags() != null) {
                    number(kinds, table.tags().kind());
                }
            }
            DataOutputSerializer out = new DataOutputSerializer(batch.bytes() + 1024);
            out.writeInt(order.length);
            out.writeInt(kinds.size());
            for (TagValues.Kind kind : kinds.keySet()) {
                out.writeUTF(kind.superTable());
                write(out, kind.tags());
            }
            out.writeInt(sets.size());
            for (ColumnSet set : sets.keySet()) {
                write(out, set.columns());
                out.writeInt(set.keyColumns());
            }
            out.writeInt(tables.size());
            for (TableEntry table : tables.keySet()) {
                write(out, table, kinds);
            }
            for (int row : order) {
                out.writeInt(tables.get(batch.table(row)));
                out.writeInt(sets.get(batch.columns(row)));
                out.writeLong(batch.time(row));
                out.writeInt(batch.keyEnd(row) - batch.start(row));
                out.writeInt(batch.end(row) - batch.start(row));
                out.write(
                        batch.values().bytes(),
                        batch.start(row),
                        batch.end(row) - batch.start(row));
            }
            return new FrozenBatch(out.getCopyOfBuffer(), order.length);
        } catch (IOException e) {
            throw new IllegalStateException("Memory has no I/O errors", e);
        }
    }

    private static void write(DataOutputSerializer out, List<TargetColumn> columns)
            throws IOException {
        out.writeInt(columns.size());
        for (TargetColumn column : columns) {
            out.writeUTF(column.name());
            out.writeUTF(column.type().name());
            out.writeInt(column.length());
            out.writeInt(column.scale());
            out.writeUTF(column.role().name());
        }
    }

    private static void write(
            DataOutputSerializer out, TableEntry table, Map<TagValues.Kind, Integer> kinds)
            throws IOException {
        out.writeUTF(table.database());
        out.writeUTF(table.name());
        out.writeBoolean(table.isNamedByRow());
        TagValues tags = table.tags();
        out.writeInt(tags == null ? -1 : kinds.get(tags.kind()));
        if (tags != null) {
            out.writeInt(tags.values().length);
            out.write(tags.values());
        }
    }

    static int rows(byte[] frozen) throws IOException {
        return new DataInputDeserializer(frozen).readInt();
    }

    /** A batch that can be sent. */
    static RowBatch thaw(FrozenBatch frozen) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(frozen.bytes());
        int rows = in.readInt();
        List<TagValues.Kind> kinds = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            kinds.add(new TagValues.Kind(in.readUTF(), readColumns(in)));
        }
        List<ColumnSet> sets = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            List<TargetColumn> columns = readColumns(in);
            sets.add(new ColumnSet(columns, in.readInt()));
        }
        List<TableEntry> tables = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            tables.add(readTable(in, kinds));
        }
        RowBatch batch = new RowBatch(0, false, frozen.bytes().length);
        GrowingBytes values = batch.values();
        for (int i = 0; i < rows; i++) {
            TableEntry table = tables.get(in.readInt());
            ColumnSet columns = sets.get(in.readInt());
            long time = in.readLong();
            int keyLength = in.readInt();
            int length = in.readInt();
            int start = values.length();
            values.append(frozen.bytes(), in.getPosition(), length);
            in.skipBytesToRead(length);
            batch.add(table, columns, time, start, start + keyLength);
        }
        return batch;
    }

    private static List<TargetColumn> readColumns(DataInputDeserializer in) throws IOException {
        List<TargetColumn> columns = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            columns.add(
                    new TargetColumn(
                            in.readUTF(),
                            TDengineType.valueOf(in.readUTF()),
                            in.readInt(),
                            in.readInt(),
                            TargetColumn.Role.valueOf(in.readUTF())));
        }
        return columns;
    }

    private static TableEntry readTable(DataInputDeserializer in, List<TagValues.Kind> kinds)
            throws IOException {
        String database = in.readUTF();
        String name = in.readUTF();
        boolean namedByRow = in.readBoolean();
        int kind = in.readInt();
        TagValues tags = null;
        if (kind >= 0) {
            byte[] values = new byte[in.readInt()];
            in.readFully(values);
            tags = new TagValues(kinds.get(kind), values);
        }
        return new TableEntry(database, name, tags, namedByRow);
    }
}
