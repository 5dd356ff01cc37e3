package io.millrace.benchmark.sink;

import com.taosdata.jdbc.ws.WebSocketDriver;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A TDengine to measure against, with the password of a new one. */
record Server(String url) {
    private static final String VARIABLE = "MILLRACE_TEST_TDENGINE_URL";

    static final String USER = "root";
    static final String PASSWORD = "taosdata";

    /** The one that the environment names. */
    static Server fromEnvironment() {
        String url = System.getenv(VARIABLE);
        if (url == null) {
            throw new IllegalStateException(
                    "Set "
                            + VARIABLE
                            + " to a TDengine server, such as http://127.0.0.1:6041: the"
                            + " development server says nothing about speed.");
        }
        return new Server(url);
    }

    Connection connect() throws SQLException {
        URI address = URI.create(url);
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        return new WebSocketDriver()
                .connect(
                        "jdbc:TAOS-WS://" + address.getHost() + ":" + address.getPort() + "/",
                        properties);
    }

    /** Makes an empty database with the super table and the table of all subjects. */
    void prepare(String database) throws SQLException {
        execute(
                "DROP DATABASE IF EXISTS " + database,
                "CREATE DATABASE " + database,
                "CREATE STABLE "
                        + database
                        + ".st (ts TIMESTAMP, temp FLOAT, hum FLOAT) TAGS (device INT)",
                "CREATE TABLE " + database + ".t (ts TIMESTAMP, temp FLOAT, hum FLOAT)");
    }

    void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }
}
