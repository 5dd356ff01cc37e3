package io.millrace.functions.library;

import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;

/**
 * One parameter of an overload.
 *
 * @param name for messages and documents
 * @param kind what it takes
 * @param head EMQX's name of the error for any other value, or null for the usual one
 * @param names whether booleans and symbols are taken as their texts, as {@link Kind#TEXT} does
 */
public record Parameter(String name, Kind kind, String head, boolean names) {
    /** Creates one. */
    public static Parameter of(String name, Kind kind) {
        return new Parameter(name, kind, null, false);
    }

    /** The same, but it takes values of the kind only and has its own error for others. */
    public Parameter refusing(String head) {
        return new Parameter(name, kind, head, names);
    }

    /** The same, but booleans and symbols are taken as their texts. */
    public Parameter namesAsTexts() {
        return new Parameter(name, kind, head, true);
    }

    /**
     * Checks an argument.
     *
     * @return the value that the function gets
     * @throws io.millrace.functions.value.FunctionException if it is of another kind
     */
    public Object argument(Object value, String function) {
        if (names) {
            if (value instanceof Boolean || value instanceof Symbol) {
                return value.toString();
            }
            if (value == null || value == JsonNull.NULL) {
                return kind.exactly(value, function, name, "badarg");
            }
        }
        return head == null
                ? kind.argument(value, function, name)
                : kind.exactly(value, function, name, head);
    }
}
