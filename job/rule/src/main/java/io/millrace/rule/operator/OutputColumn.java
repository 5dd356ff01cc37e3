package io.millrace.rule.operator;

import io.millrace.functions.time.EpochUnit;
import java.io.Serializable;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A column that a rule of the EMQX dialect writes.
 *
 * @param name the column's, and that of the output which goes into it
 * @param type what the value becomes
 * @param unit the unit of a whole number that becomes a time
 */
public record OutputColumn(String name, LogicalType type, EpochUnit unit) implements Serializable {
    private static final long serialVersionUID = 1L;
}
