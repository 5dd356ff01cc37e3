package io.millrace.cli.direct;

import io.millrace.cli.terminal.RowTable;
import io.millrace.cli.terminal.ServerException;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineError;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Executes TDengine's statements and shows what comes back. For one thread. */
public final class StatementRunner {
    private static final Pattern QUERY =
            Pattern.compile("(?is)(SELECT|SHOW|DESC|DESCRIBE|EXPLAIN)\\b.*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WIDEST = 60;

    private final TDengineConnection connection;
    private final int limit;
    private final Consumer<String> out;

    /**
     * @param limit so many rows of a result are shown
     * @param out takes lines
     */
    public StatementRunner(TDengineConnection connection, int limit, Consumer<String> out) {
        this.connection = connection;
        this.limit = limit;
        this.out = out;
    }

    /**
     * Executes a statement.
     *
     * @throws ServerException if the server refuses it
     */
    public void run(String statement) {
        try {
            execute(statement);
        } catch (SQLException e) {
            throw new ServerException(
                    "failed  %s%n        %s".formatted(head(statement), TDengineError.of(e)), e);
        }
    }

    private static String head(String statement) {
        return statement.lines().findFirst().orElse("").strip();
    }

    private void execute(String statement) throws SQLException {
        if (QUERY.matcher(statement).matches()) {
            query(statement);
        } else {
            int rows = connection.execute(statement);
            out.accept("done  " + head(statement) + (rows > 0 ? "  (" + rows + " rows)" : ""));
        }
    }

    private void query(String statement) throws SQLException {
        try (ResultSet result = connection.stream(statement, PATIENCE)) {
            ResultSetMetaData columns = result.getMetaData();
            List<String> heads = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                heads.add(columns.getColumnLabel(i));
            }
            List<List<String>> rows = new ArrayList<>();
            boolean more = false;
            while (!more && result.next()) {
                more = rows.size() == limit;
                if (!more) {
                    rows.add(cells(result, heads.size()));
                }
            }
            out.accept(RowTable.of(heads, rows, WIDEST));
            out.accept(
                    "(%d %s%s)"
                            .formatted(
                                    rows.size(),
                                    rows.size() == 1 ? "row" : "rows",
                                    more ? ", and more; --limit shows them" : ""));
        }
    }

    private static List<String> cells(ResultSet result, int columns) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            String cell = result.getString(i);
            cells.add(cell == null ? "NULL" : cell);
        }
        return cells;
    }
}
