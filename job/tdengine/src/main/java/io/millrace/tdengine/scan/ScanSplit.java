package io.millrace.tdengine.scan;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table, and how far it has been read. Times are in the database's unit.
 *
 * @param splitId unique in the scan
 * @param from first time
 * @param to first time behind it; {@link Long#MAX_VALUE} for no end
 * @param subTables their names, none for all
 * @param readTo all rows up to this time have been read; {@link #NOTHING} for none
 */
public record ScanSplit(String splitId, long from, long to, List<String> subTables, long readTo)
        implements SourceSplit {
    /** No row has been read: times begin later. */
    public static final long NOTHING = Long.MIN_VALUE;

    public ScanSplit {
        subTables = List.copyOf(subTables);
    }

    /** A split of which nothing has been read. */
    static ScanSplit of(int number, long from, long to, List<String> subTables) {
        return new ScanSplit(String.valueOf(number), from, to, subTables, NOTHING);
    }

    ScanSplit readTo(long time) {
        return new ScanSplit(splitId, from, to, subTables, time);
    }
}
