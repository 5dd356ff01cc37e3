package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TableSchemas;
import io.millrace.tdengine.client.TargetTable;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What the sink needs of a connection, so that a test can stand in for the server. Used by one
 * thread; given up after a transient error.
 */
public interface Session extends AutoCloseable {

    /** Runs an insert and returns how many rows the server says it wrote. */
    int write(byte[] sql, int length) throws SQLException;

    /**
     * Runs a prepared insert and returns how many rows the server says it wrote.
     *
     * @param block its parameters, as the protocol has them
     */
    int write(String sql, byte[] block, int length) throws SQLException;

    /** Runs a definition such as CREATE or ALTER. */
    void define(String sql) throws SQLException;

    /** Describes a table; empty if it or its database does not exist. */
    Optional<TargetTable> describe(String database, String table) throws SQLException;

    /** Names of all databases. */
    List<String> databases() throws SQLException;

    /** Names of a database's super tables and tables, sub-tables left out. */
    List<String> tables(String database) throws SQLException;

    @Override
    void close();

    /** Opens sessions, anew after each outage. */
    @FunctionalInterface
    interface Factory extends Serializable {
        Session open() throws SQLException;
    }

    /**
     * Sessions with a server. Each goes to the next of its addresses, the first to any, so that
     * writers spread over them.
     */
    static Factory with(TDengineConnectionSettings settings) {
        AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));
        return () -> of(TDengineConnection.open(settings, turn.getAndIncrement()));
    }

    private static Session of(TDengineConnection connection) {
        TableSchemas schemas = new TableSchemas(connection);
        return new Session() {
            @Override
            public int write(byte[] sql, int length) throws SQLException {
                return connection.executeUpdate(sql, length);
            }

            @Override
            public int write(String sql, byte[] block, int length) throws SQLException {
                return connection.executePrepared(sql, block, length);
            }

            @Override
            public void define(String sql) throws SQLException {
                connection.execute(sql);
            }

            @Override
            public Optional<TargetTable> describe(String database, String table)
                    throws SQLException {
                return schemas.describe(database, table);
            }

            @Override
            public List<String> databases() throws SQLException {
                return schemas.databases();
            }

            @Override
            public List<String> tables(String database) throws SQLException {
                return Stream.concat(
                                schemas.superTables(database).stream(),
                                schemas.normalTables(database).stream())
                        .toList();
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }
}
