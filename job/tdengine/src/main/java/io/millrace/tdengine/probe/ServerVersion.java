package io.millrace.tdengine.probe;

import com.taosdata.jdbc.ws.WebSocketDriver;
import io.millrace.common.probe.Finding;
import io.millrace.tdengine.client.TDengineConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Asks for versions. Too old a server was refused by the driver already. Stateless. */
final class ServerVersion {
    private ServerVersion() {}

    static Finding look(TDengineConnection connection) throws SQLException {
        String server = one(connection, "SELECT SERVER_VERSION()");
        String client;
        try {
            client = one(connection, "SELECT CLIENT_VERSION()");
        } catch (SQLException e) {
            client = "not told";
        }
        WebSocketDriver driver = new WebSocketDriver();
        String text =
                "server %s, client library of taosAdapter %s, driver %d.%d"
                        .formatted(
                                server, client, driver.getMajorVersion(), driver.getMinorVersion());
        return server.toLowerCase(Locale.ROOT).contains("development")
                ? Finding.warning(
                        text, "This is Millrace's development server; it keeps nothing safe.")
                : Finding.good(text);
    }

    private static String one(TDengineConnection connection, String sql) throws SQLException {
        List<String> answer = connection.query(sql, row -> row.getString(1));
        return answer.isEmpty() ? "(none)" : answer.get(0);
    }
}
