package io.millrace.cli.flink;

import java.io.IOException;

/** Flink answered a request with an error. */
public final class FlinkAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkAnswerException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP's number for it. */
    public int status() {
        return status;
    }
}
