package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
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
        properties.setProperty("httpConnectTimeout", "2000");
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

    private static void bind(PreparedStatement insert, long time) throws SQLException {
        insert.setTimestamp(1, new Timestamp(time));
        insert.setInt(2, 1);
        insert.addBatch();
    }

    private PreparedStatement prepare() throws SQLException {
        return connection.prepareStatement("INSERT INTO f.t VALUES (?, ?)");
    }

    @Test
    void losesBoundRowsSilentlyWithTheDriversDefaults() throws SQLException {
        try (PreparedStatement insert = prepare()) {
            bind(insert, 1_700_000_000_000L);
            server.faults().cutBeforeExecuting(1);

            assertThat(insert.executeBatch()).isEmpty(); // a fault of the driver
        }

        assertThat(rows()).isZero();
    }

    @Test
    void cutsAtEachStepOfABoundStatement() throws SQLException {
        for (Runnable fault :
                List.<Runnable>of(
                        () -> server.faults().cutBefore(Faults.Step.BIND, 1),
                        () -> server.faults().cutAfter(Faults.Step.BIND, 1),
                        () -> server.faults().doNotAnswerNext(Faults.Step.BIND, 1))) {
            try (Connection other = connect();
                    PreparedStatement insert =
                            other.prepareStatement("INSERT INTO f.t VALUES (?, ?)")) {
                bind(insert, 1_700_000_000_000L);
                fault.run();

                assertThat(insert.executeBatch()).isEmpty();
            }
            assertThat(server.faults().pending()).isFalse();
        }
        server.faults().cutBefore(Faults.Step.PREPARE, 1);
        assertThatThrownBy(() -> connection.prepareStatement("INSERT INTO f.t VALUES (?, ?)"))
                .isInstanceOf(SQLException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void answersTheThirdExecutionWithAnError() throws SQLException {
        server.faults().letPass(2);
        server.faults().answerNext(1, 0x60b, "success");
        for (int i = 0; i < 4; i++) {
            try (PreparedStatement insert = prepare()) {
                bind(insert, 1_700_000_000_000L + i);
                if (i == 2) {
                    assertThatThrownBy(insert::executeBatch)
                            .hasMessageContaining("(0x60b):success");
                } else {
                    assertThat(insert.executeBatch()).hasSize(1);
                }
            }
        }

        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void answersBindsWithErrors() throws SQLException {
        server.faults().letPass(Faults.Step.BIND, 1);
        server.faults().answerNext(Faults.Step.BIND, 1, 0x2653, "too long");
        try (PreparedStatement insert = prepare()) {
            bind(insert, 1_700_000_000_000L);
            insert.executeBatch();
            bind(insert, 1_700_000_000_001L);

            assertThatThrownBy(insert::executeBatch).hasMessageContaining("(0x2653):too long");
        }

        assertThat(rows()).isOne();
    }

    @Test
    void endsTheConnectionOfAStatementThatIsBoundAgainAfterItsExecutionFailed()
            throws SQLException {
        server.faults().answerNext(1, 0xb, "success");
        try (PreparedStatement insert = prepare()) {
            bind(insert, 1_700_000_000_000L);
            assertThatThrownBy(insert::executeBatch).hasMessageContaining("(0xb):success");
            bind(insert, 1_700_000_000_000L);

            assertThat(insert.executeBatch()).isEmpty();
        }
        await().until(() -> server.faults().connections() == 1);
    }

    @Test
    void pausesBeforeAnInsert() throws SQLException {
        server.faults().pauseBefore(1, Duration.ofMillis(300));
        long begin = System.nanoTime();

        statement.execute(INSERT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void countsExecutionsOfBoundInsertsAsInserts() throws SQLException {
        server.faults().recordStatements(true);
        try (PreparedStatement insert = prepare()) {
            bind(insert, 1_700_000_000_000L);
            insert.executeBatch();
        }

        assertThat(server.faults().recordedStatements())
                .containsExactly("INSERT INTO f.t VALUES (?, ?)");
        assertThat(server.faults().inserts()).isOne();
    }
}
