package io.millrace.functions.library;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What an argument or an answer is. The Flink module derives its types from it. */
public enum Kind {
    /** An integer of any size. */
    INTEGER,
    /** A float. */
    FLOAT,
    /** An integer or a float. */
    NUMBER,
    BOOLEAN,
    /** A text; as an argument also a boolean or a symbol, which is taken as text. */
    TEXT,
    /** A text or bytes. */
    BYTES,
    /** A text, bytes or bits. */
    BITS,
    ARRAY,
    MAP,
    /** Anything, undefined included. */
    ANY;

    /**
     * Checks an argument.
     *
     * @return the value that the function gets
     * @throws FunctionException if it is of another kind
     */
    public Object argument(Object value, String function, String parameter) {
        switch (this) {
            case ANY:
                return value;
            case TEXT:
                if (value instanceof String) {
                    return value;
                }
                if (value instanceof Boolean || value instanceof Symbol) {
                    return value.toString();
                }
                if (value == null || value == JsonNull.NULL || value instanceof Bytes) {
                    throw refusal("badarg", value, function, parameter);
                }
                break;
            default:
                if (holds(value)) {
                    return value;
                }
        }
        throw refusal("bad_sql_function_argument", value, function, parameter);
    }

    /** Checks an argument that is not converted, with another error. */
    Object exactly(Object value, String function, String parameter, String head) {
        if (holds(value)) {
            return value;
        }
        throw refusal(head, value, function, parameter);
    }

    private boolean holds(Object value) {
        return switch (this) {
            case INTEGER -> value instanceof Long || value instanceof BigInteger;
            case FLOAT -> value instanceof Double;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case TEXT -> value instanceof String;
            case BYTES -> value instanceof String || value instanceof Bytes;
            case BITS -> value instanceof String || value instanceof Bytes || value instanceof Bits;
            case ARRAY -> value instanceof List;
            case MAP -> value instanceof Map;
            case ANY -> true;
        };
    }

    private FunctionException refusal(
            String head, Object value, String function, String parameter) {
        return new FunctionException(
                head,
                "%s: %s must be %s and is %s."
                        .formatted(function, parameter, sqlName(), describe(value)));
    }

    private String sqlName() {
        return switch (this) {
            case INTEGER -> "an integer";
            case FLOAT -> "a float";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case TEXT -> "a text";
            case BYTES -> "a text or bytes";
            case BITS -> "a text, bytes or bits";
            case ARRAY -> "an array";
            case MAP -> "a map";
            case ANY -> "anything";
        };
    }

    /** A value as messages show it: long ones cut. */
    static String describe(Object value) {
        return Described.of(value);
    }
}
