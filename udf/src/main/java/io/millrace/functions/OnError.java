package io.millrace.functions;

/** What a function does about data that it has no answer for. */
public enum OnError {
    /** The function answers NULL and the error is counted. */
    NULL,
    /** The job fails. */
    FAIL
}
