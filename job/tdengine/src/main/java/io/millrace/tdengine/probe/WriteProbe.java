package io.millrace.tdengine.probe;

import io.millrace.common.probe.Finding;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineError;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Finds out whether the user may write, without writing: a row goes to a table that does not exist.
 * TDengine looks at the right to write before it looks for the table (its sources do so since 3.0),
 * so the one error or the other comes, and nothing is stored either way. For one thread.
 */
final class WriteProbe {
    private final TDengineConnection connection;

    WriteProbe(TDengineConnection connection) {
        this.connection = connection;
    }

    Finding look(String database) {
        String nobody = "millrace_test_" + UUID.randomUUID().toString().replace("-", "");
        try {
            connection.execute(
                    "INSERT INTO "
                            + SqlText.name(database)
                            + "."
                            + SqlText.name(nobody)
                            + " VALUES (NOW, 0)");
            return Finding.unknown(
                    "a row for a table that does not exist was taken, which tells nothing", "");
        } catch (SQLException e) {
            TDengineError error = TDengineError.of(e);
            if (error.missesTable()) {
                return Finding.good("user may write to '" + database + "' (tried without a row)");
            }
            return error.kind() == TDengineError.Kind.FATAL
                    ? Finding.bad(
                            "'" + database + "' is refused: " + error,
                            "Have it granted: GRANT WRITE ON " + database + ".* TO <user>.")
                    : Finding.unknown(
                            "not known; the server answered " + error,
                            "The first row of the job will tell.");
        }
    }
}
