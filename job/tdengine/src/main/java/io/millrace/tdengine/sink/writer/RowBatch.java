package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.RowValues;
import io.millrace.tdengine.sink.row.TagValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Rows that one request is to write, as typed values, grouped by table and list of columns. Rows
 * with equal keys are settled here, before anything is sent: a server would settle them in ways
 * that depend on how they are sent.
 *
 * <p>Filled by the task thread, then handed to the sending thread, then handed back and reused.
 */
final class RowBatch {
    private static final int REMOVED = -1;

    /** Rows of one table with the same columns, chained in order of arrival. */
    private static final class Group {
        final TableEntry table;
        final ColumnSet columns;
        final int nextOfTable;
        int first = -1;
        int last = -1;

        Group(TableEntry table, ColumnSet columns, int nextOfTable) {
            this.table = table;
            this.columns = columns;
            this.nextOfTable = nextOfTable;
        }
    }

    private final GrowingBytes values;
    private final boolean mergeColumns;
    private final ColumnMerging merging;
    private final List<Group> groups = new ArrayList<>();

    /** By number of table: the newest of its groups; further ones are chained. */
    private final List<Integer> newestGroups = new ArrayList<>();

    private final KeyIndex keys = new KeyIndex();

    private long number;
    private int size;
    private int live;
    private int bytes;
    private int collisions;
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] keyEnds = new int[1024];
    private int[] groupOf = new int[1024];
    private int[] next = new int[1024];
    private long[] times = new long[1024];

    /**
     * Makes an empty batch.
     *
     * @param number no other batch of the writer ever has it
     * @param mergeColumns whether rows with equal keys are merged column by column; else the last
     *     wins whole
     */
    RowBatch(long number, boolean mergeColumns, int initialBytes) {
        this.number = number;
        this.mergeColumns = mergeColumns;
        this.values = new GrowingBytes(initialBytes);
        this.merging = new ColumnMerging(values);
    }

    /** Where the next row's values are to be written before {@link #add}. */
    GrowingBytes values() {
        return values;
    }

    /**
     * Adds a row whose values were written to the end of {@link #values()}.
     *
     * @param start where its values begin
     * @param keyEnd where its key ends
     */
    void add(TableEntry table, ColumnSet columns, long time, int start, int keyEnd) {
        int tableNumber = tableNumber(table);
        int hash = KeyIndex.hash(tableNumber, time);
        int slot =
                keys.slot(
                        hash,
                        row ->
                                isSameKey(
                                        row,
                                        tableNumber,
                                        time,
                                        columns.keyColumns(),
                                        start,
                                        keyEnd));
        int equal = keys.row(slot);
        if (equal < 0) {
            keys.put(slot, append(table, columns, time, start, keyEnd), this::hashOf);
            return;
        }
        collisions++;
        if (mergeColumns && groups.get(groupOf[equal]).columns != columns) {
            keys.put(slot, merge(equal, table, columns, time, start, keyEnd), this::hashOf);
        } else {
            bytes += values.length() - start - (ends[equal] - starts[equal]);
            starts[equal] = start;
            ends[equal] = values.length();
            keyEnds[equal] = keyEnd;
        }
    }

    private boolean isSameKey(
            int row, int tableNumber, long time, int keyColumns, int start, int keyEnd) {
        return times[row] == time
                && groups.get(groupOf[row]).table.tableNumber() == tableNumber
                && (keyColumns == 1
                        || Arrays.equals(
                                values.bytes(),
                                starts[row],
                                keyEnds[row],
                                values.bytes(),
                                start,
                                keyEnd));
    }

    private int hashOf(int row) {
        return KeyIndex.hash(groups.get(groupOf[row]).table.tableNumber(), times[row]);
    }

    private int tableNumber(TableEntry table) {
        if (!table.isIn(number)) {
            table.enter(number, newestGroups.size());
            newestGroups.add(-1);
        }
        return table.tableNumber();
    }

    private int append(TableEntry table, ColumnSet columns, long time, int start, int keyEnd) {
        if (size == starts.length) {
            grow();
        }
        int row = size++;
        int group = group(table, columns);
        starts[row] = start;
        ends[row] = values.length();
        keyEnds[row] = keyEnd;
        times[row] = time;
        groupOf[row] = group;
        next[row] = -1;
        Group chained = groups.get(group);
        if (chained.last < 0) {
            chained.first = row;
        } else {
            next[chained.last] = row;
        }
        chained.last = row;
        live++;
        bytes += values.length() - start;
        return row;
    }

    private int group(TableEntry table, ColumnSet columns) {
        int newest = newestGroups.get(table.tableNumber());
        for (int group = newest; group >= 0; group = groups.get(group).nextOfTable) {
            if (groups.get(group).columns == columns) {
                return group;
            }
        }
        groups.add(new Group(table, columns, newest));
        newestGroups.set(table.tableNumber(), groups.size() - 1);
        return groups.size() - 1;
    }

    /** Replaces a row by a new one that has the columns of both, the later values winning. */
    private int merge(
            int old, TableEntry table, ColumnSet columns, long time, int start, int keyEnd) {
        int mergedStart = values.length();
        ColumnSet merged =
                merging.merge(groups.get(groupOf[old]).columns, starts[old], columns, start);
        bytes -= ends[old] - starts[old];
        starts[old] = REMOVED;
        live--;
        return append(table, merged, time, mergedStart, mergedStart + keyEnd - start);
    }

    private void grow() {
        int capacity = size * 2;
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        keyEnds = Arrays.copyOf(keyEnds, capacity);
        groupOf = Arrays.copyOf(groupOf, capacity);
        next = Arrays.copyOf(next, capacity);
        times = Arrays.copyOf(times, capacity);
    }

    /** Rows that will be written. */
    int rows() {
        return live;
    }

    boolean isEmpty() {
        return live == 0;
    }

    /** Of the rows' values. */
    int bytes() {
        return bytes;
    }

    /** Rows that gave way to a later one with the same key. */
    int collisions() {
        return collisions;
    }

    /** All rows, those of one table together. */
    int[] order() {
        int[] order = new int[live];
        int count = 0;
        for (Group group : groups) {
            for (int row = group.first; row >= 0; row = next[row]) {
                if (starts[row] != REMOVED) {
                    order[count++] = row;
                }
            }
        }
        return order;
    }

    /** How many tables the rows go to. */
    int tables() {
        return newestGroups.size();
    }

    /** How many pairs of a table and a list of columns there are. */
    int groups() {
        return groups.size();
    }

    TableEntry table(int row) {
        return groups.get(groupOf[row]).table;
    }

    ColumnSet columns(int row) {
        return groups.get(groupOf[row]).columns;
    }

    long time(int row) {
        return times[row];
    }

    int end(int row) {
        return ends[row];
    }

    int keyEnd(int row) {
        return keyEnds[row];
    }

    int start(int row) {
        return starts[row];
    }

    /** The row's values by column, for a dead letter. */
    Map<String, Object> plain(int row) {
        Map<String, Object> plain = RowValues.plain(columns(row), values.bytes(), starts[row]);
        TagValues tags = table(row).tags();
        if (tags != null) {
            ColumnSet names = new ColumnSet(tags.kind().tags(), 0);
            plain.putAll(RowValues.plain(names, tags.values(), 0));
        }
        return plain;
    }

    /** Empties the batch for new rows. */
    void reset(long newNumber) {
        number = newNumber;
        values.clear();
        groups.clear();
        newestGroups.clear();
        keys.clear();
        merging.clear();
        size = 0;
        live = 0;
        bytes = 0;
        collisions = 0;
    }
}
