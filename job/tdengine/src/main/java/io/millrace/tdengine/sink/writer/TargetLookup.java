package io.millrace.tdengine.sink.writer;

import io.millrace.common.DidYouMean;
import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.schema.SchemaChanges;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks the server what tables look like. Belongs to the sending thread. */
final class TargetLookup implements SchemaChanges.Server {
    private final RetryingSession session;
    private final String where;

    TargetLookup(RetryingSession session, String where) {
        this.session = session;
        this.where = where;
    }

    @Override
    public Optional<TargetTable> describe(String database, String table)
            throws IOException, InterruptedException {
        try {
            return session.call(s -> s.describe(database, table));
        } catch (RequestRefusedException e) {
            if (e.error().kind() == TDengineError.Kind.MISSING_TABLE) {
                return Optional.empty();
            }
            throw new IOException(
                    "TDengine at " + where + " does not describe its tables: " + e.error(), e);
        }
    }

    @Override
    public void define(String sql) throws IOException, InterruptedException {
        try {
            session.call(
                    s -> {
                        s.define(sql);
                        return true;
                    });
        } catch (RequestRefusedException e) {
            // What is missing is found out, and waited for, when the table is described again.
            boolean settled =
                    e.error().meansExists() || e.error().kind() == TDengineError.Kind.MISSING_TABLE;
            if (!settled) {
                throw new IOException(
                        "TDengine at "
                                + where
                                + " refuses to change its tables: "
                                + e.error()
                                + " ("
                                + sql
                                + "). Make the change by hand, or correct the rows' types.",
                        e);
            }
        }
    }

    /**
     * Describes a table, which may be just being created.
     *
     * @param changes creates it, if it may
     * @throws IOException if it does not exist for some time, saying what does and what to do
     */
    TargetTable require(String database, String table, SchemaChanges changes)
            throws IOException, InterruptedException {
        MissingWait wait = session.newWait();
        while (true) {
            Optional<TargetTable> found = changes.describe(table);
            if (found.isPresent()) {
                return found.get();
            }
            wait.pause(explain(database, table));
        }
    }

    private String explain(String database, String table) throws IOException, InterruptedException {
        try {
            List<String> databases = session.call(Session::databases);
            if (!databases.contains(database)) {
                return missing("Database '" + database + "'", "Databases", databases, database)
                        + " Create it (CREATE DATABASE) or correct option 'database'.";
            }
            List<String> tables = session.call(s -> s.tables(database));
            return missing(
                            "Table '" + database + "." + table + "'",
                            "Its tables and super tables",
                            tables,
                            table)
                    + " Create it (CREATE TABLE, CREATE STABLE) or correct the name;"
                    + " names are case-sensitive here.";
        } catch (RequestRefusedException e) {
            throw new IOException(
                    "TDengine at " + where + " does not list its tables: " + e.error(), e);
        }
    }

    private String missing(String what, String have, List<String> known, String wanted) {
        int shown = Math.min(known.size(), 20);
        String list = String.join(", ", known.subList(0, shown));
        return what
                + " does not exist at "
                + where
                + ". "
                + have
                + ": "
                + (known.isEmpty() ? "none" : list + (shown < known.size() ? ", ..." : ""))
                + "."
                + DidYouMean.hint(known, wanted);
    }
}
