package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** The H2 database that keeps rows, tags and definitions. Thread-safe. */
final class Store implements AutoCloseable {
    private final JdbcDataSource source = new JdbcDataSource();
    private final Connection anchor;

    /**
     * @param folder where to keep the data, or null for memory
     */
    Store(Path folder) {
        source.setURL(
                (folder == null
                                ? "jdbc:h2:mem:millrace-" + UUID.randomUUID()
                                : "jdbc:h2:file:" + folder.toAbsolutePath().resolve("tdengine"))
                        + ";DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("sa");
        source.setPassword("");
        anchor = connect();
        execute(
                "CREATE AGGREGATE IF NOT EXISTS TD_FIRST FOR '" + FirstByTime.class.getName() + "'",
                "CREATE AGGREGATE IF NOT EXISTS TD_LAST FOR '" + LastByTime.class.getName() + "'",
                "CREATE AGGREGATE IF NOT EXISTS TD_FIRST_ROW FOR '"
                        + FirstRowByTime.class.getName()
                        + "'",
                "CREATE AGGREGATE IF NOT EXISTS TD_LAST_ROW FOR '"
                        + LastRowByTime.class.getName()
                        + "'");
    }

    /** A connection of the caller's own. */
    Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 gives no connection", broken);
        }
    }

    void execute(String... statements) {
        try (Statement statement = anchor.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 refused: " + List.of(statements), broken);
        }
    }

    void createRows(int storage, List<Column> columns) {
        StringBuilder sql = new StringBuilder("CREATE TABLE T" + storage + "(TID INT");
        List<String> key = new ArrayList<>(List.of("TID"));
        for (Column column : columns) {
            sql.append(", ").append(definition(column));
            if (column.kind() != Column.Kind.VALUE) {
                key.add(column.stored());
            }
        }
        execute(sql + ", PRIMARY KEY(" + String.join(", ", key) + "))");
    }

    void createTags(int storage, List<Column> tags) {
        StringBuilder sql = new StringBuilder("CREATE TABLE G" + storage);
        sql.append("(TID INT PRIMARY KEY, TBNAME VARCHAR, CREATED BIGINT");
        for (Column tag : tags) {
            sql.append(", ").append(definition(tag));
        }
        execute(sql + ")");
    }

    static String definition(Column column) {
        return column.stored() + " " + type(column.type());
    }

    /** H2's type for values of a TDengine type. */
    static String type(ColumnType type) {
        return switch (type.type()) {
            case BOOL -> "BOOLEAN";
            case TINYINT -> "TINYINT";
            case SMALLINT, UTINYINT -> "SMALLINT";
            case INT, USMALLINT -> "INTEGER";
            case BIGINT, UINT, TIMESTAMP -> "BIGINT";
            case UBIGINT -> "NUMERIC(20, 0)";
            case FLOAT -> "REAL";
            case DOUBLE -> "DOUBLE PRECISION";
            case VARCHAR, NCHAR, JSON -> "VARCHAR";
            case VARBINARY, BLOB, GEOMETRY -> "VARBINARY";
            case DECIMAL, DECIMAL64 -> "NUMERIC(" + type.precision() + ", " + type.scale() + ")";
        };
    }

    /** Runs a query and hands each row to a reader. */
    void read(String sql, RowReader reader) {
        try (Statement statement = anchor.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 refused: " + sql, broken);
        }
    }

    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    @Override
    public void close() {
        execute("SHUTDOWN");
    }
}
