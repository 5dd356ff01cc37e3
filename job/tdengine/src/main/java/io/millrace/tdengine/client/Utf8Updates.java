package io.millrace.tdengine.client;

import com.taosdata.jdbc.TSDBError;
import com.taosdata.jdbc.utils.ReqId;
import com.taosdata.jdbc.ws.BlockResultSet;
import com.taosdata.jdbc.ws.Transport;
import com.taosdata.jdbc.ws.entity.Action;
import com.taosdata.jdbc.ws.entity.QueryResp;
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
 * Sends statements as UTF-8 whatever the JVM's default character set is. The driver (3.7.9) encodes
 * a statement with that default and so replaces every umlaut by a question mark where, say, no
 * locale is set. There, and only for statements that are not plain ASCII, the bytes are handed to
 * the driver's own transport, which has to be taken from a private field.
 */
final class Utf8Updates {
    private static final boolean DEFAULT_IS_UTF_8 =
            Charset.defaultCharset().equals(StandardCharsets.UTF_8);

    private final Connection connection;
    private final Statement statement;
    private final boolean viaTransport;
    private Transport transport;

    Utf8Updates(Connection connection, Statement statement) {
        this(connection, statement, !DEFAULT_IS_UTF_8);
    }

    Utf8Updates(Connection connection, Statement statement, boolean viaTransport) {
        this.connection = connection;
        this.statement = statement;
        this.viaTransport = viaTransport;
    }

    int execute(byte[] utf8, int length) throws SQLException {
        return viaTransport && !isAscii(utf8, length)
                ? send(Arrays.copyOf(utf8, length))
                : statement.executeUpdate(new String(utf8, 0, length, StandardCharsets.UTF_8));
    }

    /** Runs a query; its result belongs to the caller. */
    ResultSet query(String sql) throws SQLException {
        byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
        return viaTransport && !isAscii(utf8, utf8.length)
                ? new BlockResultSet(statement, transport(), exchange(utf8), null, null)
                : statement.executeQuery(sql);
    }

    private static boolean isAscii(byte[] utf8, int length) {
        for (int i = 0; i < length; i++) {
            if (utf8[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private int send(byte[] sql) throws SQLException {
        return exchange(sql).getAffectedRows();
    }

    /** Does what the driver's statement does once it has bytes. */
    private QueryResp exchange(byte[] sql) throws SQLException {
        byte[] header =
                ByteBuffer.allocate(6)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) 1)
                        .putInt(sql.length)
                        .array();
        QueryResp answer =
                (QueryResp)
                        transport()
                                .send(
                                        Action.BINARY_QUERY.getAction(),
                                        ReqId.getReqID(),
                                        0,
                                        6,
                                        header,
                                        sql,
                                        transport().getConnectionParam().getRequestTimeout());
        if (answer.getCode() != 0) {
            throw TSDBError.createSQLException(answer.getCode(), answer.getMessage());
        }
        return answer;
    }

    private Transport transport() throws SQLException {
        if (transport == null) {
            try {
                Field field = connection.getClass().getDeclaredField("transport");
                field.setAccessible(true);
                transport = (Transport) field.get(connection);
            } catch (ReflectiveOperationException | RuntimeException e) {
                throw new IllegalStateException(
                        "This driver of TDengine cannot be made to send UTF-8 while the JVM's"
                                + " default character set is "
                                + Charset.defaultCharset()
                                + ". Start the JVM with -Dfile.encoding=UTF-8.",
                        e);
            }
        }
        return transport;
    }
}
