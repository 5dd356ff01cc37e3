package io.millrace.functions.library;

/**
 * One parameter of an overload.
 *
 * @param name for messages and documents
 * @param kind what it takes
 */
public record Parameter(String name, Kind kind) {
    /** Creates one. */
    public static Parameter of(String name, Kind kind) {
        return new Parameter(name, kind);
    }
}
