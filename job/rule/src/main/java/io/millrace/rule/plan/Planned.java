package io.millrace.rule.plan;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A rule as it was planned.
 *
 * @param statement Flink's INSERT; empty if too little is known of the target to make one
 * @param columns the target's columns that it writes
 * @param given what the rule gives for each of them
 * @param types what is written into each of them
 */
record Planned(
        Optional<String> statement,
        List<Column> columns,
        List<LogicalType> given,
        List<LogicalType> types) {

    /**
     * A rule whose target is not known.
     *
     * @param columns those that the rule names
     */
    static Planned of(Optional<String> statement, List<Column> columns) {
        return new Planned(statement, columns, List.of(), List.of());
    }
}
