package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver sees of faults, and what is written in spite of them. */
class FaultsITCase {
    private static final String INSERT = "INSERT INTO f.t VALUES (now, 1)";

    private DevelopmentServer server;
    private Connection connection;
    private Statement statement;
    private Connection observer;

    @BeforeEach
    void start() throws SQLException {
        server = DevelopmentServer.builder().start();
        observer = connect();
        connection = connect();
        statement = connection.createStatement();
        statement.execute("CREATE DATABASE f");
        statement.execute("CREATE TABLE f.t (ts TIMESTAMP, v INT)");
    }

    @AfterEach
    void stop() throws SQLException {
        server.faults().clear();
        connection.close();
        observer.close();
        server.close();
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("password", "taosdata");
        properties.setProperty("messageWaitTimeout", "1000");
        return DriverManager.getConnection(server.jdbcUrl(), properties);
    }

    private long rows() throws SQLException {
        try (Statement count = observer.createStatement();
                var result = count.executeQuery("SELECT COUNT(*) FROM f.t")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void answersWithAnError() throws SQLException {
        server.faults().answerNext(1, 0x8000000b, "Unable to establish connection");

        assertThatThrownBy(() -> statement.execute(INSERT))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(0xb))
                .hasMessageContaining("Unable to establish connection");
        assertThat(rows()).isZero();
        assertThat(server.faults().pending()).isFalse();
    }

    @Test
    void answersOnlyTheStatementsMeant() throws SQLException {
        server.faults()
                .answerNext(1, sql -> sql.startsWith("DESCRIBE"), 0x388, "Database not exist");

        statement.execute(INSERT);
        assertThatThrownBy(() -> statement.execute("DESCRIBE f.t")).hasMessageContaining("0x388");
        statement.execute("DESCRIBE f.t");
    }

    @Test
    void executesButDoesNotAnswer() throws SQLException {
        server.faults().executeButDoNotAnswerNext(1);

        assertThatThrownBy(() -> statement.execute(INSERT)).hasMessageContaining("0x231e");
        assertThat(rows()).isOne();
        statement.execute(INSERT);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void cutsBeforeExecuting() throws SQLException {
        server.faults().cutBeforeExecuting(1);

        assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(SQLException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void cutsAfterExecuting() throws SQLException {
        server.faults().cutAfterExecuting(1);

        assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(SQLException.class);
        assertThat(rows()).isOne();
    }

    @Test
    void cutsConnections() {
        assertThat(server.faults().connections()).isEqualTo(2);

        server.faults().cutConnections();

        await().until(() -> server.faults().connections() == 0);
        assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(SQLException.class);
    }

    @Test
    void refusesConnections() throws SQLException {
        server.faults().refuseConnections(true);
        assertThatThrownBy(this::connect).hasMessageContaining("0x231d");

        server.faults().refuseConnections(false);
        connect().close();
    }

    @Test
    void executesStalledRequestsLater() throws Exception {
        server.faults().stallRequests(true);
        CompletableFuture<Integer> insert =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return statement.executeUpdate(INSERT);
                            } catch (SQLException failed) {
                                throw new IllegalStateException(failed);
                            }
                        });
        long before = server.faults().inserts();
        await().until(() -> server.faults().stalled() == 1);
        assertThat(server.faults().inserts()).isEqualTo(before);

        server.faults().stallRequests(false);

        assertThat(insert.get()).isOne();
        assertThat(rows()).isOne();
    }

    @Test
    void dropsStalledRequestsOfClosedConnections() throws SQLException {
        server.faults().stallRequests(true);
        assertThatThrownBy(() -> statement.execute(INSERT)).hasMessageContaining("0x231e");
        connection.close();
        await().until(() -> server.faults().connections() == 1);

        server.faults().stallRequests(false);

        await().until(() -> server.faults().stalled() == 0);
        assertThat(rows()).isZero();
    }

    @Test
    void recordsAndCounts() throws SQLException {
        server.faults().recordStatements(true);
        statement.execute(INSERT);
        statement.execute("SHOW DATABASES");

        assertThat(server.faults().recordedStatements()).containsExactly(INSERT, "SHOW DATABASES");
        assertThat(server.faults().inserts()).isOne();
        assertThat(server.faults().statements()).isEqualTo(4);
        assertThat(server.faults().requests()).isGreaterThanOrEqualTo(6);
    }
}
