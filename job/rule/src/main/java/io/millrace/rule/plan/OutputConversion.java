package io.millrace.rule.plan;

import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * How one output column of a rule's query becomes a value of its target column.
 *
 * @param expression SQL over the column
 * @param type the type of the expression
 */
record OutputConversion(String expression, LogicalType type) {

    /**
     * Finds the conversion.
     *
     * @param column the query's column, quoted
     * @param from its type
     * @param to the target column
     * @param unit the unit of an integer that becomes a time
     * @param checksNumbers whether the target takes any number and checks it against the column
     * @return nothing if there is none that could not lose something silently
     */
    static Optional<OutputConversion> of(
            String column, LogicalType from, Column to, String unit, boolean checksNumbers) {
        LogicalType target = to.getDataType().getLogicalType().copy(true);
        if (from.is(LogicalTypeFamily.INTEGER_NUMERIC)
                && target.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            return Optional.of(
                    new OutputConversion(
                            "to_ts(CAST(%s AS BIGINT), '%s')".formatted(column, unit), target));
        }
        if (isText(from) && target.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            return Optional.of(
                    new OutputConversion(
                            "to_ts(rfc3339_to_unix_ts(%s, 'nanosecond'), 'nanosecond')"
                                    .formatted(column),
                            target));
        }
        if (from.is(LogicalTypeFamily.NUMERIC) && target.is(LogicalTypeFamily.NUMERIC)) {
            return Optional.of(
                    checksNumbers && !from.is(target.getTypeRoot())
                            ? new OutputConversion(column, from)
                            : cast(column, target));
        }
        if (isText(from) && isText(target) || isBytes(from) && isBytes(target)) {
            return Optional.of(new OutputConversion(column, target));
        }
        if (isText(target) && from.is(LogicalTypeRoot.VARIANT)) {
            // Flink 2.3 has no cast for it, and its JSON would have quotes.
            return Optional.of(new OutputConversion("str(%s)".formatted(column), target));
        }
        if (isText(target)) {
            return Optional.of(
                    from.is(LogicalTypeFamily.CONSTRUCTED)
                            ? new OutputConversion("JSON_STRING(%s)".formatted(column), target)
                            : cast(column, target));
        }
        boolean convertible =
                from.is(target.getTypeRoot())
                        || from.is(LogicalTypeRoot.NULL)
                        || from.is(LogicalTypeFamily.DATETIME)
                                && target.is(LogicalTypeFamily.DATETIME);
        return convertible ? Optional.of(cast(column, target)) : Optional.empty();
    }

    /** What a message shows as a way to convert by hand what is not converted here. */
    static String advice(LogicalType from, LogicalType to) {
        if (!from.is(LogicalTypeRoot.VARIANT)) {
            return "TRY_CAST(… AS %s)".formatted(to.copy(true).asSummaryString());
        }
        if (to.is(LogicalTypeRoot.BOOLEAN)) {
            return "`bool`(…)";
        }
        return to.is(LogicalTypeFamily.INTEGER_NUMERIC) ? "`int`(…)" : "`float`(…)";
    }

    private static boolean isText(LogicalType type) {
        return type.is(LogicalTypeFamily.CHARACTER_STRING);
    }

    private static boolean isBytes(LogicalType type) {
        return type.is(LogicalTypeFamily.BINARY_STRING);
    }

    private static OutputConversion cast(String column, LogicalType target) {
        return new OutputConversion(
                "CAST(%s AS %s)".formatted(column, target.asSerializableString()), target);
    }
}
