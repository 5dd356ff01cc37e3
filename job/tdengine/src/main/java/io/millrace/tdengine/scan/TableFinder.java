package io.millrace.tdengine.scan;

import io.millrace.common.DidYouMean;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the table that is to be read. Stateless. */
public final class TableFinder {
    private TableFinder() {}

    /**
     * Describes a table.
     *
     * @throws ReadRefusedException if there is no such table, saying what there is
     */
    public static ReadTable find(TDengineConnection connection, String database, String table)
            throws SQLException {
        TableSchemas schemas = new TableSchemas(connection);
        Optional<TargetTable> found = schemas.describe(database, table);
        if (found.isPresent()) {
            return new ReadTable(found.get());
        }
        List<String> databases = schemas.databases();
        if (!databases.contains(database)) {
            throw new ReadRefusedException(
                    "Database '"
                            + database
                            + "' does not exist. Correct option 'database'; names are"
                            + " case-sensitive here."
                            + DidYouMean.hint(databases, database));
        }
        List<String> tables =
                Stream.concat(
                                schemas.superTables(database).stream(),
                                schemas.normalTables(database).stream())
                        .toList();
        throw new ReadRefusedException(
                "Table '"
                        + database
                        + "."
                        + table
                        + "' does not exist. Correct the name; names are case-sensitive here."
                        + DidYouMean.hint(tables, table));
    }
}
