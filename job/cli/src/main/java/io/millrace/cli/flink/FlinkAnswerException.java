package io.millrace.cli.flink;

import java.io.IOException;
import java.net.URI;

/** Flink answered a request with an error. */
public final class FlinkAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    FlinkAnswerException(URI rest, String path, int status, String reason) {
        super("Flink at " + rest + " answered " + status + " to " + path + ": " + reason);
        this.status = status;
        this.reason = reason;
    }

    /** What Flink says is wrong. */
    public String reason() {
        return reason;
    }

    /** HTTP's number for it. */
    public int status() {
        return status;
    }
}
