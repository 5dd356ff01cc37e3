package io.millrace.functions.library;

/**
 * One parameter of an overload.
 *
 * @param name for messages and documents
 * @param kind what it takes
 * @param head EMQX's name of the error for any other value, or null for the usual one
 */
public record Parameter(String name, Kind kind, String head) {
    /** Creates one. */
    public static Parameter of(String name, Kind kind) {
        return new Parameter(name, kind, null);
    }

    /** The same, but it takes values of the kind only and has its own error for others. */
    public Parameter refusing(String head) {
        return new Parameter(name, kind, head);
    }

    /**
     * Checks an argument.
     *
     * @return the value that the function gets
     * @throws io.millrace.functions.value.FunctionException if it is of another kind
     */
    public Object argument(Object value, String function) {
        return head == null
                ? kind.argument(value, function, name)
                : kind.exactly(value, function, name, head);
    }
}
