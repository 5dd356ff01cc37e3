package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.Select;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs one query on an H2 connection of its own. */
final class QueryRunner {
    private final Store store;
    private final Catalog catalog;
    private final SystemTables systemTables;

    QueryRunner(Store store, Catalog catalog, SystemTables systemTables) {
        this.store = store;
        this.catalog = catalog;
        this.systemTables = systemTables;
    }

    /** Refuses a query that names what is not there. */
    void check(Select select, Session session, TimeReader times) {
        try (Connection connection = store.connect()) {
            translate(select, session, times, connection);
        } catch (SQLException closing) {
            throw new IllegalStateException("H2 closes no connection", closing);
        }
    }

    private Queries.Translated translate(
            Select select, Session session, TimeReader times, Connection connection) {
        return new Queries((table, user) -> relation(table, user, connection), session, times)
                .translate(select);
    }

    Result.Rows run(Select select, Session session, TimeReader times) {
        try (Connection connection = store.connect()) {
            Queries.Translated query = translate(select, session, times, connection);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query.sql())) {
                return read(rows, query);
            }
        } catch (SQLException refused) {
            throw new TaosException(
                    TaosException.ADAPTER,
                    "Millrace's development server cannot answer this query: "
                            + refused.getMessage());
        }
    }

    private static Result.Rows read(ResultSet rows, Queries.Translated query) throws SQLException {
        List<ResultColumn> columns = query.columns();
        List<Object[]> values = new ArrayList<>();
        while (rows.next()) {
            Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(rows.getObject(i + 1), columns.get(i).type().type());
            }
            values.add(row);
        }
        return new Result.Rows(columns, query.precision(), values);
    }

    private static Object value(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TINYINT, SMALLINT, INT, UTINYINT, USMALLINT -> ((Number) value).intValue();
            case BIGINT, UINT, TIMESTAMP -> ((Number) value).longValue();
            case UBIGINT -> new BigDecimal(value.toString()).toBigInteger();
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case VARCHAR, NCHAR, JSON -> value.toString();
            case BOOL, VARBINARY, BLOB, GEOMETRY, DECIMAL, DECIMAL64 -> value;
        };
    }

    private Relation relation(Select.Table table, Session session, Connection connection) {
        QualifiedName name = table.name();
        String database = name.database() == null ? session.database() : name.database();
        if (SystemTables.isSchema(database)) {
            return systemRelation(table, database, connection);
        }
        if (database != null && !catalog.databases().containsKey(database)) {
            throw new TaosException(0x388, "Fail to get table info, error: Database not exist");
        }
        Database found = catalog.databaseOf(name, session);
        Table userTable = found.tables().get(name.name());
        if (userTable == null) {
            throw new TaosException(0x2603, "Fail to get table info, error: Table does not exist");
        }
        return Relation.of(userTable, table.alias());
    }

    private Relation systemRelation(Select.Table table, String schema, Connection connection) {
        Result.Rows rows = systemTables.table(schema, table.name().name());
        List<ResultColumn> columns = rows.columns();
        String temporary = "SYSTEM_" + table.name().name().toUpperCase(Locale.ROOT);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    IntStream.range(0, columns.size())
                            .mapToObj(i -> "X" + i + " " + Store.type(columns.get(i).type()))
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS "
                                                    + temporary
                                                    + "(",
                                            ")")));
            fill(connection, temporary, columns, rows.rows());
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 makes no table " + temporary, broken);
        }
        String alias = table.alias() == null ? table.name().name() : table.alias();
        return Relation.derived(temporary, alias, Precision.MS, columns);
    }

    private static void fill(
            Connection connection, String table, List<ResultColumn> columns, List<Object[]> rows)
            throws SQLException {
        String marks = "?" + ", ?".repeat(columns.size() - 1);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES(" + marks + ")")) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    if (row[i] == null) {
                        insert.setNull(i + 1, Types.NULL);
                    } else {
                        insert.setObject(i + 1, row[i]);
                    }
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static ResultColumn text(String name, int length) {
        return new ResultColumn(name, ColumnType.of(DataType.VARCHAR, length));
    }
}
