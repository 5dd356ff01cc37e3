package io.millrace.functions.convert;

/** Turns Flink's internal data of one type into a value. */
@FunctionalInterface
public interface ValueReader {
    /**
     * Reads one.
     *
     * @param data not null
     * @throws io.millrace.functions.value.FunctionException if no value can stand for it
     */
    Object read(Object data);
}
