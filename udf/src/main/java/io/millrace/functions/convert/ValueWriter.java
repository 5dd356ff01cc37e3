package io.millrace.functions.convert;

/** Turns a value into Flink's internal data of one type. */
@FunctionalInterface
public interface ValueWriter {
    /**
     * Writes one.
     *
     * @param value a value; undefined and JSON's null become null where the type is no VARIANT
     * @return data, or null
     * @throws io.millrace.functions.value.FunctionException if the type cannot hold it
     */
    Object write(Object value);
}
