package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;

/**
 * Turns rows into typed values for one table (or super table) as the server describes it, checking
 * every value against its column on the way. Made by {@link RowBinder}. Not thread-safe.
 */
public final class RowEncoder {
    /** Clocks differ; what is near the limit is left for the server to judge. */
    private static final Duration KEEP_MARGIN = Duration.ofHours(1);

    /** A column and how its value is written. */
    record Column(TargetColumn target, ValueEncoder encoder) {}

    private final TargetTable target;
    private final TableNamer namer;
    private final TagsEncoder tags;
    private final TimeReader time;
    private final Column[] columns;
    private final int keyColumns;
    private final boolean skipNulls;
    private final ColumnSet allColumns;
    private final Map<BitSet, ColumnSet> someColumns = new HashMap<>();

    /** Times before this one are refused, in the database's unit. Only ever too low. */
    private final long oldest;

    private long lastTime;
    private int lastKeyEnd;

    /**
     * Makes an encoder.
     *
     * @param columns without the time; the second column of the key first, if there is one
     */
    RowEncoder(
            TargetTable target,
            TableNamer namer,
            TagsEncoder tags,
            TimeReader time,
            List<Column> columns,
            EncodingRules rules,
            Clock clock) {
        this.target = target;
        this.namer = namer;
        this.tags = tags;
        this.time = time;
        this.columns = columns.toArray(Column[]::new);
        this.keyColumns = 1 + (int) columns.stream().filter(RowEncoder::isKey).count();
        this.skipNulls = rules.nullHandling() == EncodingRules.NullHandling.SKIP;
        this.allColumns = columnSet(new BitSet());
        this.oldest = oldest(target, clock);
    }

    private static boolean isKey(Column column) {
        return column.target().role() == TargetColumn.Role.KEY;
    }

    private static long oldest(TargetTable target, Clock clock) {
        if (target.keep().isEmpty()) {
            return Long.MIN_VALUE;
        }
        Instant limit = clock.instant().minus(target.keep().get()).minus(KEEP_MARGIN);
        try {
            return target.precision().of(limit.getEpochSecond(), 1L);
        } catch (ArithmeticException beyondAllTimes) {
            return Long.MIN_VALUE;
        }
    }

    private ColumnSet columnSet(BitSet absent) {
        List<TargetColumn> present = new ArrayList<>();
        present.add(target.timeColumn());
        for (int i = 0; i < columns.length; i++) {
            if (!absent.get(i)) {
                present.add(columns[i].target());
            }
        }
        return new ColumnSet(present, keyColumns);
    }

    /** The table as the server described it. */
    public TargetTable target() {
        return target;
    }

    /** The name of the row's table, ready to be put into back-ticks. */
    public String tableName(RowData row) throws RowRejectedException {
        String name = namer.name(row);
        if (name == null) {
            throw new RowRejectedException(
                    "The name of the row's table is NULL: a value that it is made of is missing");
        }
        return name;
    }

    /** What creates the row's sub-table; null for a table that must exist. */
    public TagValues tags(RowData row) throws RowRejectedException {
        return tags.read(row);
    }

    /**
     * Writes the row's values as {@link RowValues} has them. Nothing is written if the row is
     * rejected.
     *
     * @return the columns that were written
     */
    public ColumnSet encode(RowData row, GrowingBytes out) throws RowRejectedException {
        int start = out.length();
        String current = target.timeColumn().name();
        BitSet absent = null;
        try {
            lastTime = readTime(row);
            RowValues.append(out, lastTime);
            lastKeyEnd = out.length();
            for (int i = 0; i < columns.length; i++) {
                Column column = columns[i];
                current = column.target().name();
                boolean written = column.encoder().encode(row, out);
                if (isKey(column)) {
                    if (!written) {
                        throw new RowRejectedException("NULL in a column of the key");
                    }
                    lastKeyEnd = out.length();
                } else if (!written && skipNulls) {
                    absent = absent == null ? new BitSet() : absent;
                    absent.set(i);
                } else if (!written) {
                    RowValues.appendNull(out);
                }
            }
        } catch (RowRejectedException e) {
            out.truncate(start);
            throw e.at(current);
        }
        return absent == null ? allColumns : someColumns.computeIfAbsent(absent, this::columnSet);
    }

    /** The time of a row, in the database's unit; the rest of the row is not looked at. */
    public long time(RowData row) throws RowRejectedException {
        try {
            return readTime(row);
        } catch (RowRejectedException e) {
            throw e.at(target.timeColumn().name());
        }
    }

    private long readTime(RowData row) throws RowRejectedException {
        long value = time.read(row);
        if (value == TimeReader.NULL) {
            throw new RowRejectedException("the time of the row is NULL");
        }
        if (value < oldest) {
            TimePrecision precision = target.precision();
            throw RowRejectedException.byLimit(
                    "time "
                            + Instant.ofEpochSecond(precision.toSeconds(value))
                            + " ("
                            + value
                            + " "
                            + precision.symbol()
                            + ") is older than database '"
                            + target.database()
                            + "' keeps rows: "
                            + target.keep().orElseThrow().toDays()
                            + " days");
        }
        return value;
    }

    /** The time of the row written last, in the database's unit. */
    public long lastTime() {
        return lastTime;
    }

    /** Where the key of the row written last ends in the buffer. */
    public int lastKeyEnd() {
        return lastKeyEnd;
    }
}
