package io.millrace.common.deadletter;

import java.io.IOException;

/** A dead letter came up where the user chose to fail on it. */
public class DeadLetterException extends IOException {
    private static final long serialVersionUID = 1L;

    public DeadLetterException(String message) {
        super(message);
    }
}
