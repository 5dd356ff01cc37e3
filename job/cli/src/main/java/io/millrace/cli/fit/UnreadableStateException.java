package io.millrace.cli.fit;

import java.io.IOException;

/** A savepoint or checkpoint cannot be read. The message names it and is ready to print. */
public final class UnreadableStateException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean onlyHere;

    UnreadableStateException(String message, boolean onlyHere, Throwable cause) {
        super(message, cause);
        this.onlyHere = onlyHere;
    }

    /** Whether this machine alone may be unable to: on those of a cluster it may be different. */
    public boolean isOnlyHere() {
        return onlyHere;
    }
}
