package io.millrace.tdengine.client;

import com.taosdata.jdbc.TSDBError;
import com.taosdata.jdbc.utils.ReqId;
import com.taosdata.jdbc.ws.BlockResultSet;
import com.taosdata.jdbc.ws.Transport;
import com.taosdata.jdbc.ws.entity.Action;
import com.taosdata.jdbc.ws.entity.CommonResp;
import com.taosdata.jdbc.ws.entity.QueryResp;
import com.taosdata.jdbc.ws.entity.Request;
import com.taosdata.jdbc.ws.stmt2.entity.RequestFactory;
import com.taosdata.jdbc.ws.stmt2.entity.Stmt2ExecResp;
import com.taosdata.jdbc.ws.stmt2.entity.Stmt2PrepareResp;
import com.taosdata.jdbc.ws.stmt2.entity.Stmt2Resp;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Writes over the driver's own transport, which has to be taken from a private field. What the
 * driver (3.7.9) has above it encodes a statement with the JVM's default character set, and so
 * replaces every umlaut by a question mark where, say, no locale is set; its prepared statements
 * make an object per value and take a lost connection for an empty success.
 *
 * <p>For one thread at a time.
 */
final class DriverTransport {
    private static final boolean DEFAULT_IS_UTF_8 =
            Charset.defaultCharset().equals(StandardCharsets.UTF_8);

    private static final int TEXT = 6;
    private static final int BIND = 9;
    private static final short VERSION = 1;
    private static final int ALL_COLUMNS = -1;
    private static final long NONE = -1;

    private final Transport transport;
    private final long timeoutMillis;

    private String preparedSql;
    private long prepared = NONE;

    DriverTransport(Connection connection) {
        this.transport = transport(connection);
        this.timeoutMillis = transport.getConnectionParam().getRequestTimeout();
    }

    private static Transport transport(Connection connection) {
        try {
            Field field = connection.getClass().getDeclaredField("transport");
            field.setAccessible(true);
            return (Transport) field.get(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "This version of TDengine's driver has no transport that can be used; 3.7.9"
                            + " has.",
                    e);
        }
    }

    /** Runs a statement that returns no rows, and returns how many it wrote. */
    int execute(byte[] utf8, int length) throws SQLException {
        return exchange(utf8, length).getAffectedRows();
    }

    /**
     * Runs a query; its result belongs to the caller.
     *
     * @param statement the result's
     */
    ResultSet query(Statement statement, String sql) throws SQLException {
        if (DEFAULT_IS_UTF_8) {
            return statement.executeQuery(sql);
        }
        byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
        return new BlockResultSet(statement, transport, exchange(utf8, utf8.length), null, null);
    }

    private QueryResp exchange(byte[] utf8, int length) throws SQLException {
        byte[] header = header().putInt(length).array();
        QueryResp answer =
                (QueryResp)
                        transport.send(
                                Action.BINARY_QUERY.getAction(),
                                ReqId.getReqID(),
                                0,
                                TEXT,
                                header,
                                exactly(utf8, length),
                                timeoutMillis);
        if (answer.getCode() != 0) {
            throw TSDBError.createSQLException(answer.getCode(), answer.getMessage());
        }
        return answer;
    }

    /** See {@link TDengineConnection#executePrepared}. */
    int executePrepared(String sql, byte[] block, int length) throws SQLException {
        boolean done = false;
        try {
            if (!sql.equals(preparedSql)) {
                forget();
                prepare(sql);
            }
            byte[] header = header().putInt(ALL_COLUMNS).array();
            check(
                    (Stmt2Resp)
                            transport.send(
                                    Action.STMT2_BIND.getAction(),
                                    ReqId.getReqID(),
                                    prepared,
                                    BIND,
                                    header,
                                    exactly(block, length),
                                    timeoutMillis));
            Stmt2ExecResp answer =
                    (Stmt2ExecResp) ask(RequestFactory.generateExec(prepared, ReqId.getReqID()));
            done = true;
            return answer.getAffected();
        } finally {
            if (!done) {
                // Used again, it would repeat the error or bring taosAdapter down.
                forget();
            }
        }
    }

    private void prepare(String sql) throws SQLException {
        long number = ReqId.getReqID();
        Stmt2Resp begun = (Stmt2Resp) ask(RequestFactory.generateInit(number, true, true));
        prepared = begun.getStmtId();
        Stmt2PrepareResp answer =
                (Stmt2PrepareResp) ask(RequestFactory.generatePrepare(prepared, number, sql));
        if (!answer.isInsert()) {
            throw new SQLException("'" + sql + "' is no insert");
        }
        preparedSql = sql;
    }

    /** Gives the prepared statement up; nobody waits for the answer. */
    private void forget() {
        long number = prepared;
        prepared = NONE;
        preparedSql = null;
        if (number != NONE) {
            try {
                transport.sendWithoutResponse(
                        RequestFactory.generateClose(number, ReqId.getReqID()));
            } catch (SQLException | RuntimeException e) {
                // It ends with the connection, then.
            }
        }
    }

    private CommonResp ask(Request request) throws SQLException {
        return check((CommonResp) transport.send(request, false, timeoutMillis));
    }

    private static CommonResp check(CommonResp answer) throws SQLException {
        if (answer.getCode() != 0) {
            throw TSDBError.createSQLException(answer.getCode(), answer.getMessage());
        }
        return answer;
    }

    private static ByteBuffer header() {
        return ByteBuffer.allocate(Short.BYTES + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(VERSION);
    }

    private static byte[] exactly(byte[] bytes, int length) {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }
}
