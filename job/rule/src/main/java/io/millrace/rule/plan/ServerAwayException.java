package io.millrace.rule.plan;

import org.apache.flink.table.catalog.exceptions.CatalogException;

/** A server is not asked: it is not wanted, or did not answer. */
final class ServerAwayException extends CatalogException {
    private static final long serialVersionUID = 1L;

    ServerAwayException(String connection) {
        super("Connection '" + connection + "' is not asked");
    }

    /** Whether that is why something failed. */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ServerAwayException) {
                return true;
            }
        }
        return false;
    }
}
