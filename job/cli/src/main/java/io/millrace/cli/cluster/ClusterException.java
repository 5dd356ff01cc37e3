package io.millrace.cli.cluster;

import io.millrace.cli.terminal.ServerException;

/** A cluster or a job in it is not as the command needs it. The message is ready to print. */
public final class ClusterException extends ServerException {
    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
