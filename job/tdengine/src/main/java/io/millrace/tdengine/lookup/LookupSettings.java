package io.millrace.tdengine.lookup;

import io.millrace.tdengine.scan.ReadRetries;
import io.millrace.tdengine.scan.ScanField;
import io.millrace.tdengine.scan.ScanSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * What is looked up. Immutable.
 *
 * @param scan what is read, from where
 * @param keys by what, in order
 * @param retries over transient errors
 */
public record LookupSettings(ScanSettings scan, List<ScanField> keys, ReadRetries retries)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What Flink and TDengine compare alike. */
    private static final Set<LogicalTypeRoot> KEYS =
            Set.of(
                    LogicalTypeRoot.BOOLEAN,
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT,
                    LogicalTypeRoot.DECIMAL,
                    LogicalTypeRoot.VARCHAR,
                    LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    public LookupSettings {
        keys = List.copyOf(keys);
    }

    /**
     * Checks the keys.
     *
     * @throws IllegalArgumentException if one cannot be a key
     */
    public void check() {
        for (ScanField key : keys) {
            if (!KEYS.contains(key.type().getTypeRoot())) {
                throw new IllegalArgumentException(
                        "Column '"
                                + key.name()
                                + "' is "
                                + key.type().asSummaryString()
                                + " and cannot be a lookup key: TDengine does not compare it as"
                                + " Flink does. Use the sub-table's name (tbname), a tag or a"
                                + " column of whole numbers, text, truth or time.");
            }
        }
    }
}
