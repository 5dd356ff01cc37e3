package io.millrace.tdengine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.taosdata.jdbc.ws.WebSocketDriver;
import io.millrace.common.Secret;
import io.millrace.devkit.tdengine.DevelopmentServer;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TDengineConnectionITCase {
    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static TDengineConnectionSettings settings(String password) {
        return TDengineConnectionSettings.builder()
                .url(server.restUrl())
                .username(server.username())
                .password(Secret.of(password))
                .build();
    }

    @Test
    void describesTables() throws Exception {
        String database = server.freshDatabase("PRECISION 'ns' KEEP 100d");
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".`St` (ts TIMESTAMP, `Temp` FLOAT, n NCHAR(9), u INT UNSIGNED)"
                        + " TAGS (site VARCHAR(16))",
                "CREATE TABLE " + database + ".`d1` USING " + database + ".`St` TAGS ('x')",
                "CREATE TABLE " + database + ".plain (ts TIMESTAMP, k INT PRIMARY KEY, v BOOL)");
        try (TDengineConnection connection = TDengineConnection.open(settings(server.password()))) {
            TableSchemas schemas = new TableSchemas(connection);

            TargetTable superTable = schemas.describe(database, "St").orElseThrow();
            assertThat(superTable.kind()).isEqualTo(TargetTable.Kind.SUPER_TABLE);
            assertThat(superTable.precision()).isEqualTo(TimePrecision.NANOSECOND);
            assertThat(superTable.keepMinutes()).isEqualTo(100 * 24 * 60);
            assertThat(superTable.describeColumns())
                    .isEqualTo(
                            "ts TIMESTAMP, Temp FLOAT, n NCHAR(9), u INT UNSIGNED,"
                                    + " site VARCHAR(16) (tag)");
            assertThat(schemas.describe(database, "d1").orElseThrow().kind())
                    .isEqualTo(TargetTable.Kind.SUB_TABLE);
            TargetTable plain = schemas.describe(database, "plain").orElseThrow();
            assertThat(plain.kind()).isEqualTo(TargetTable.Kind.TABLE);
            assertThat(plain.columns().get(1).role()).isEqualTo(TargetColumn.Role.KEY);

            assertThat(schemas.describe(database, "nope")).isEmpty();
            assertThat(schemas.describe("nope", "nope")).isEmpty();
            assertThat(schemas.databases()).contains(database);
            assertThat(schemas.superTables(database)).containsExactly("St");
            assertThat(schemas.normalTables(database)).containsExactly("plain");
        }
    }

    @Test
    void sendsUtf8WhateverTheDefaultCharacterSetIs() throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, n NCHAR(9))");
        Properties properties = new Properties();
        properties.setProperty("user", server.username());
        properties.setProperty("password", server.password());
        String sql = "INSERT INTO " + database + ".t VALUES (1767225600000, 'ü中😀')";
        String wrong = "INSERT INTO " + database + ".nope VALUES (1767225600000, 'ü')";

        try (Connection connection = new WebSocketDriver().connect(server.url(), properties)) {
            DriverTransport transport = new DriverTransport(connection);
            byte[] utf8 = (sql + "rubbish").getBytes(StandardCharsets.UTF_8);
            int length = sql.getBytes(StandardCharsets.UTF_8).length;

            assertThat(transport.execute(utf8, length)).isEqualTo(1);
            byte[] wrongUtf8 = wrong.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> transport.execute(wrongUtf8, wrongUtf8.length))
                    .satisfies(e -> assertThat(TDengineError.of(e).missesTable()).isTrue());
        }
        assertThat(server.rows("SELECT n FROM " + database + ".t").get(0)).containsExactly("ü中😀");
    }

    @Test
    void saysThatCredentialsAreWrongWithoutShowingThem() {
        assertThatThrownBy(() -> TDengineConnection.open(settings("s3cr3t+%")))
                .isInstanceOf(SQLException.class)
                .satisfies(
                        e ->
                                assertThat(TDengineError.of(e).kind())
                                        .isEqualTo(TDengineError.Kind.FATAL))
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void logsInWithCharactersThatTheDriverWouldDecode() throws Exception {
        String user = "mr" + Long.toString(System.nanoTime() % 1_000_000_000, 36);
        String password = "Aa1+%41x&=";
        if (server.isEmbedded()) {
            try (DevelopmentServer other =
                    DevelopmentServer.builder().credentials(user, password).start()) {
                assertThat(version(other.jdbcUrl(), user, password)).hasSize(1);
            }
            return;
        }
        server.execute("CREATE USER " + user + " PASS '" + password + "'");
        try {
            assertThat(version(server.url(), user, password)).hasSize(1);
        } finally {
            server.execute("DROP USER " + user);
        }
    }

    private static List<String> version(String url, String user, String password)
            throws SQLException {
        TDengineConnectionSettings settings =
                TDengineConnectionSettings.builder()
                        .url(url)
                        .username(user)
                        .password(Secret.of(password))
                        .build();
        try (TDengineConnection connection = TDengineConnection.open(settings)) {
            return connection.query("SELECT server_version()", row -> row.getString(1));
        }
    }

    @Test
    void logsInWithATokenInTheUrl() throws Exception {
        assumeTrue(server.isEmbedded(), "needs a server that knows a token");
        try (DevelopmentServer other = DevelopmentServer.builder().token("t0k3n").start()) {
            TDengineConnectionSettings settings =
                    TDengineConnectionSettings.builder().url(other.url() + "/?token=t0k3n").build();
            try (TDengineConnection connection = TDengineConnection.open(settings)) {
                assertThat(connection.query("SELECT server_version()", row -> row.getString(1)))
                        .hasSize(1);
            }
        }
    }
}
