package io.millrace.rule.operator;

import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;

/**
 * Makes rows for a target of a rule's outputs. Behind the target's columns stands the dead letter,
 * which is NULL in a row that is one. The row is the same object each time, as is allowed where
 * nothing between here and the sink keeps it; used by one thread.
 */
final class OutputRows {
    private final OutputColumn[] columns;
    private final ValueConverter[] converters;
    private final GenericRowData row;

    OutputRows(List<OutputColumn> columns) {
        this.columns = columns.toArray(OutputColumn[]::new);
        this.converters =
                columns.stream()
                        .map(column -> ValueConverters.of(column.type(), column.unit()))
                        .toArray(ValueConverter[]::new);
        this.row = new GenericRowData(columns.size() + 1);
    }

    /**
     * The row of an output; the next call changes it.
     *
     * @param values in the order of the columns
     * @throws MisfitException if a value does not fit; says which
     */
    GenericRowData row(Object[] values) throws MisfitException {
        for (int i = 0; i < converters.length; i++) {
            try {
                row.setField(i, ValueConverter.orNull(converters[i], values[i]));
            } catch (MisfitException e) {
                throw e.at(columns[i].name(), values[i]);
            }
        }
        row.setField(converters.length, null);
        return row;
    }

    /** The row that is a dead letter and nothing else. */
    GenericRowData letter(String json) {
        for (int i = 0; i < converters.length; i++) {
            row.setField(i, null);
        }
        row.setField(converters.length, StringData.fromString(json));
        return row;
    }
}
