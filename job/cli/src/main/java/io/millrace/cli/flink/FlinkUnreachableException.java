package io.millrace.cli.flink;

import java.io.IOException;
import java.net.URI;

/** Nothing answers where Flink's REST API should be. */
public final class FlinkUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    FlinkUnreachableException(URI rest, IOException cause) {
        this(rest, reason(cause), cause);
    }

    private FlinkUnreachableException(URI rest, String reason, IOException cause) {
        super("Flink does not answer at " + rest + ": " + reason, cause);
        this.reason = reason;
    }

    /** Why, such as {@code connection refused}. */
    public String reason() {
        return reason;
    }

    private static String reason(IOException cause) {
        if (cause instanceof java.net.http.HttpConnectTimeoutException) {
            return "no answer within the time allowed";
        }
        if (cause instanceof java.net.ConnectException) {
            return cause.getCause() instanceof java.nio.channels.UnresolvedAddressException
                    ? "the host name is not known"
                    : "connection refused";
        }
        return RootCause.of(cause);
    }
}
