package io.millrace.tdengine.scan;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What is read, and how. Immutable.
 *
 * @param connection where and who
 * @param database exact name
 * @param table exact name of a table, sub-table or super table
 * @param fields what is read of a row, in order; may be none
 * @param predicate which rows, null for all
 * @param limit no more rows are needed; -1 for all
 * @param splitBy how readers share the work
 * @param splitDuration how much time a split spans; null to choose by the number of readers
 * @param subTables how many sub-tables a split has
 * @param unitsPerSecond of whole numbers that stand for a time
 * @param retries over transient errors
 */
public record ScanSettings(
        TDengineConnectionSettings connection,
        String database,
        String table,
        List<ScanField> fields,
        Predicate predicate,
        long limit,
        SplitBy splitBy,
        Duration splitDuration,
        int subTables,
        long unitsPerSecond,
        ReadRetries retries)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ScanSettings {
        fields = List.copyOf(fields);
    }

    /** The same for a part of each row and some rows. */
    public ScanSettings with(List<ScanField> fields, Predicate predicate, long limit) {
        return new ScanSettings(
                connection,
                database,
                table,
                fields,
                predicate,
                limit,
                splitBy,
                splitDuration,
                subTables,
                unitsPerSecond,
                retries);
    }

    /** Adds what is wrong with the values. */
    public void check(Problems problems) {
        problems.require(
                splitDuration == null
                        || (!splitDuration.isNegative() && splitDuration.toMillis() > 0),
                "Option 'scan.split.duration' is "
                        + splitDuration
                        + "; allowed are 1 ms and more.");
        problems.require(
                splitDuration == null || splitBy == SplitBy.TIME,
                "Option 'scan.split.duration' is given but 'scan.split-by' is '"
                        + splitBy
                        + "'; set that to 'time' or remove the duration.");
        problems.require(
                subTables >= 1 && subTables <= 10_000,
                "Option 'scan.split.sub-tables' is " + subTables + "; allowed are 1 to 10,000.");
        problems.require(
                !retries.timeout().isNegative(),
                "Option '" + retries.option() + "' is negative; allowed are 0 s and more.");
    }
}
