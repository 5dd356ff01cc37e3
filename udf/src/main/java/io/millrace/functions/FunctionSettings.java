package io.millrace.functions;

import java.io.Serializable;
import java.time.Clock;

/**
 * What all functions of a session have in common.
 *
 * @param onError what a function does about data that it has no answer for
 * @param clock what {@code now_timestamp()} and its like read
 */
record FunctionSettings(OnError onError, Clock clock) implements Serializable {
    private static final long serialVersionUID = 1L;
}
