package io.millrace.tdengine.scan;

import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A column as the reader of a table declares it.
 *
 * @param name of a column or tag, or {@code tbname}
 * @param type what its values become
 */
public record ScanField(String name, LogicalType type) implements Serializable {
    private static final long serialVersionUID = 1L;
}
