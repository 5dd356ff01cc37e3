package io.millrace.tdengine.client;

import com.taosdata.jdbc.TSDBDriver;
import com.taosdata.jdbc.ws.WSConnection;
import com.taosdata.jdbc.ws.WebSocketDriver;
import io.millrace.common.NettyMemory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * One connection to TDengine. For one thread at a time, but for {@link #ping}; calls block for at
 * most the request time-out and end early when the thread is interrupted.
 *
 * <p>After any {@link TDengineError.Kind#TRANSIENT} error the caller closes it and opens another:
 * the driver's own reconnect is off, since it refuses healthy servers for a while after a loss.
 */
public final class TDengineConnection implements AutoCloseable {
    private static final long CLOSE_MILLIS = 500;

    private final Connection connection;
    private final Statement statement;
    private final DriverTransport transport;

    private TDengineConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        this.transport = new DriverTransport(connection);
    }

    /** Makes a value of a row of a result. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /**
     * Connects to the first address that answers and logs in.
     *
     * @throws SQLException to be sorted by {@link TDengineError}
     * @throws IllegalArgumentException if a reference in the settings cannot be resolved
     */
    public static TDengineConnection open(TDengineConnectionSettings settings) throws SQLException {
        TDengineConnectionSettings.Resolved resolved = settings.resolve();
        int last = resolved.url().endpoints().size() - 1;
        for (int turn = 0; turn < last; turn++) {
            try {
                return open(settings, resolved, turn);
            } catch (SQLException e) {
                if (TDengineError.of(e).kind() != TDengineError.Kind.TRANSIENT) {
                    throw e;
                }
            }
        }
        return open(settings, resolved, last);
    }

    /**
     * Connects to one of the addresses and logs in.
     *
     * @param turn any number; a caller that counts up goes round
     * @throws SQLException to be sorted by {@link TDengineError}
     * @throws IllegalArgumentException if a reference in the settings cannot be resolved
     */
    public static TDengineConnection open(TDengineConnectionSettings settings, int turn)
            throws SQLException {
        return open(settings, settings.resolve(), turn);
    }

    private static TDengineConnection open(
            TDengineConnectionSettings settings,
            TDengineConnectionSettings.Resolved resolved,
            int turn)
            throws SQLException {
        List<String> endpoints = resolved.url().endpoints();
        String endpoint = endpoints.get(Math.floorMod(turn, endpoints.size()));
        try {
            return connect(settings, resolved, endpoint);
        } catch (SQLException e) {
            if (resolved.token() != null) {
                TokenCheck.throwIfRefused(
                        endpoint,
                        resolved.url().ssl(),
                        resolved.token(),
                        settings.connectTimeout(),
                        e);
            }
            throw endpoints.size() == 1 ? e : at(endpoint, e);
        }
    }

    private static TDengineConnection connect(
            TDengineConnectionSettings settings,
            TDengineConnectionSettings.Resolved resolved,
            String endpoint)
            throws SQLException {
        NettyMemory.limit();
        Connection connection =
                new WebSocketDriver()
                        .connect(TDengineUrl.toJdbc(endpoint), properties(settings, resolved));
        try {
            return new TDengineConnection(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The same error with the address, of several, that it comes from. */
    private static SQLException at(String endpoint, SQLException e) {
        return new SQLException(
                e.getMessage() + " [" + endpoint + "]", e.getSQLState(), e.getErrorCode(), e);
    }

    /** New ones for each connection: the driver (3.7.9) writes into what it is given. */
    private static Properties properties(
            TDengineConnectionSettings settings, TDengineConnectionSettings.Resolved resolved) {
        Properties properties = new Properties();
        properties.putAll(resolved.url().parameters());
        if (resolved.token() != null) {
            properties.setProperty("token", resolved.token().reveal());
        }
        if (resolved.username() != null) {
            // The driver URL-decodes both, whatever way they come.
            properties.setProperty(TSDBDriver.PROPERTY_KEY_USER, encode(resolved.username()));
            properties.setProperty(
                    TSDBDriver.PROPERTY_KEY_PASSWORD, encode(resolved.password().reveal()));
        }
        properties.setProperty(
                TSDBDriver.PROPERTY_KEY_USE_SSL, String.valueOf(resolved.url().ssl()));
        // With these two the driver neither repeats on its own nor starts background checks, whose
        // verdicts outlive the outage.
        properties.setProperty(TSDBDriver.PROPERTY_KEY_ENABLE_AUTO_RECONNECT, "false");
        properties.setProperty("retryTimes", "1");
        properties.setProperty(
                TSDBDriver.HTTP_CONNECT_TIMEOUT,
                String.valueOf(settings.connectTimeout().toMillis()));
        properties.setProperty(
                TSDBDriver.PROPERTY_KEY_MESSAGE_WAIT_TIMEOUT,
                String.valueOf(settings.requestTimeout().toMillis()));
        return properties;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Runs a statement that returns no rows, and returns the number of rows it concerned. */
    public int execute(String sql) throws SQLException {
        byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
        return executeUpdate(utf8, utf8.length);
    }

    /**
     * Runs a statement that returns no rows.
     *
     * @param utf8 holds the statement from its beginning; not kept
     * @param length of the statement in bytes
     * @return the number of rows it wrote
     */
    public int executeUpdate(byte[] utf8, int length) throws SQLException {
        return transport.execute(utf8, length);
    }

    /**
     * Runs an insert with parameters. The statement is prepared when it is another one than the
     * time before, or when that failed.
     *
     * @param sql with a question mark for each parameter
     * @param block the parameters by columns as the protocol (stmt2) has them; not kept
     * @param length of the block in bytes
     * @return the number of rows it wrote
     */
    public int executePrepared(String sql, byte[] block, int length) throws SQLException {
        return transport.executePrepared(sql, block, length);
    }

    /** Runs a query and maps its rows, in order. */
    public <T> List<T> query(String sql, RowMapper<T> mapper) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = transport.query(statement, sql)) {
            while (result.next()) {
                rows.add(mapper.map(result));
            }
        }
        return rows;
    }

    /**
     * Runs a query whose rows are fetched block by block as they are read, some blocks ahead; what
     * is not read yet stays in the server.
     *
     * @param patience how long the answer and each block may take, instead of the request time-out;
     *     it holds for all later requests but {@link #ping}
     * @return to be closed by the caller
     */
    public ResultSet stream(String sql, Duration patience) throws SQLException {
        if (connection instanceof WSConnection webSocket) {
            // Only so does the driver (3.7.9) wait longer for a block than for other answers.
            webSocket.getParam().setRequestTimeout(Math.toIntExact(patience.toMillis()));
        }
        Statement own = connection.createStatement();
        return transport.query(own, sql);
    }

    /**
     * Asks the server for a sign of life; may be called by another thread than the one that reads a
     * {@link #stream} of this connection.
     */
    public void ping(Duration timeout) throws SQLException {
        try (Statement own = connection.createStatement()) {
            own.setQueryTimeout(Math.max(1, Math.toIntExact(timeout.toSeconds())));
            own.execute("SELECT 1");
        }
    }

    /**
     * Closes; never throws. Waits for a moment only: the driver (3.7.9) says good-bye first, and to
     * a server that reads nothing that may take as long as TCP does not give up.
     */
    @Override
    public void close() {
        Thread closing = new Thread(this::closeNow, "tdengine-close");
        closing.setDaemon(true);
        closing.start();
        boolean interrupted = Thread.interrupted();
        try {
            closing.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow() {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // Nothing can be done about it: the connection is given up either way.
        }
    }
}
