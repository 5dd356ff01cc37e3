package io.millrace.cli.flink;

import java.util.List;

/** Finds the one line of a stack trace that tells a person what went wrong. Stateless. */
public final class RootCause {
    private static final String CAUSED_BY = "Caused by: ";

    private RootCause() {}

    /** The innermost cause of a stack trace as Flink's REST API gives it. */
    public static String of(String stackTrace) {
        List<String> lines = stackTrace.lines().toList();
        String cause = "";
        for (String line : lines) {
            if (cause.isEmpty() && !line.isBlank()) {
                cause = line.strip();
            } else if (line.startsWith(CAUSED_BY)) {
                cause = line.substring(CAUSED_BY.length());
            }
        }
        // A message may quote what a device sent.
        return withoutPackage(cause.replaceAll("\\p{Cntrl}", "?"));
    }

    /** The innermost cause of an exception. */
    public static String of(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return of(innermost.toString());
    }

    /** {@code java.net.ConnectException: refused} reads better as {@code refused}. */
    private static String withoutPackage(String cause) {
        int colon = cause.indexOf(": ");
        String name = colon < 0 ? cause : cause.substring(0, colon);
        if (name.contains(" ")) {
            return cause;
        }
        String simpleName =
                name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        if (colon < 0) {
            return simpleName;
        }
        String message = cause.substring(colon + 2);
        // A sentence speaks for itself; "null" or a bare name needs the exception's name.
        return message.strip().contains(" ") ? message : simpleName + ": " + message;
    }
}
