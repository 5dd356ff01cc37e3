package io.millrace.rule.operator;

import io.millrace.functions.value.JsonNull;

/**
 * Makes a value of Flink's of one of the dialect's. Used by one thread.
 *
 * <p>Nothing is lost silently: what the column cannot hold as it is, is refused. Only a float that
 * becomes a FLOAT is rounded, to the nearest there is, and a time cut to the column's precision.
 */
@FunctionalInterface
interface ValueConverter {
    /**
     * Converts a value that is neither undefined nor JSON's null.
     *
     * @throws MisfitException if the column cannot hold it
     */
    Object of(Object value) throws MisfitException;

    /** Converts any value: undefined and JSON's null are NULL. */
    static Object orNull(ValueConverter converter, Object value) throws MisfitException {
        return value == null || value == JsonNull.NULL ? null : converter.of(value);
    }
}
