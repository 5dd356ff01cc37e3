package io.millrace.tdengine.sink;

/** What a row means that is deleted upstream ({@code -D} of a changelog). */
public enum DeleteHandling {
    /** Nothing: what is written stays. */
    IGNORE,
    /** The row of the same table and time is deleted. */
    DELETE,
    /** The job fails. */
    FAIL
}
