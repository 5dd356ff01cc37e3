package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver and REST see. Passes against a real TDengine too. */
class DevelopmentServerITCase {
    private static TDengineUnderTest tdengine;
    private static String database;
    private static Connection connection;
    private Statement statement;

    @BeforeAll
    static void connect() throws SQLException {
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("VGROUPS 1");
        connection = connect(database);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
        tdengine.close();
    }

    private static Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", tdengine.username());
        properties.setProperty("password", tdengine.password());
        properties.setProperty("varcharAsString", "true");
        properties.setProperty("messageWaitTimeout", "10000");
        return DriverManager.getConnection(tdengine.url() + database, properties);
    }

    @BeforeEach
    void createStatement() throws SQLException {
        statement = connection.createStatement();
    }

    @AfterEach
    void dropTables() throws SQLException {
        for (List<Object> row : query("SHOW STABLES")) {
            statement.execute("DROP STABLE `" + row.get(0) + "`");
        }
        for (List<Object> row : query("SHOW TABLES")) {
            statement.execute("DROP TABLE `" + row.get(0) + "`");
        }
        statement.close();
    }

    private List<List<Object>> query(String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                Object[] row = new Object[result.getMetaData().getColumnCount()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(Arrays.asList(row));
            }
            return rows;
        }
    }

    @Test
    void writesAndReadsEveryType() throws SQLException {
        statement.execute(
                "CREATE STABLE types (ts TIMESTAMP, b BOOL, ti TINYINT, si SMALLINT, i INT, bi"
                        + " BIGINT, uti TINYINT UNSIGNED, usi SMALLINT UNSIGNED, ui INT UNSIGNED,"
                        + " ubi BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(20), n NCHAR(20), at"
                        + " TIMESTAMP) TAGS (place NCHAR(10), floor INT)");
        int written =
                statement.executeUpdate(
                        "INSERT INTO e1 USING types TAGS ('hall é', 3) VALUES (1700000000123, true,"
                                + " -128, -32768, -2147483648, -9223372036854775807, 255, 65535,"
                                + " 4294967295, 18446744073709551615, 1.5, -2.25e10, 'a''b\\\\c',"
                                + " '日本😀', '2024-01-01T00:00:00.5Z')"
                                + " (1700000000124, null, null, null, null, null, null, null, null,"
                                + " null, null, null, null, null, null)");
        assertThat(written).isEqualTo(2);
        assertThat(query("SELECT * FROM types ORDER BY ts"))
                .containsExactly(
                        List.of(
                                new Timestamp(1700000000123L),
                                true,
                                (byte) -128,
                                (short) -32768,
                                -2147483648,
                                -9223372036854775807L,
                                (short) 255,
                                65535,
                                4294967295L,
                                new java.math.BigInteger("18446744073709551615"),
                                1.5f,
                                -2.25e10,
                                "a'b\\c",
                                "日本😀",
                                new Timestamp(1704067200500L),
                                "hall é",
                                3),
                        Arrays.asList(
                                new Timestamp(1700000000124L),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "hall é",
                                3));
    }

    @Test
    void describesTables() throws SQLException {
        statement.execute(
                "CREATE STABLE s (ts TIMESTAMP, v DOUBLE, n NCHAR(8)) TAGS (c VARCHAR(16))");
        assertThat(query("DESCRIBE s").stream().map(row -> row.subList(0, 4)))
                .containsExactly(
                        List.of("ts", "TIMESTAMP", 8, ""),
                        List.of("v", "DOUBLE", 8, ""),
                        List.of("n", "NCHAR", 8, ""),
                        List.of("c", "VARCHAR", 16, "TAG"));
    }

    @Test
    void isValidAsksTheCluster() throws SQLException {
        assertThat(connection.isValid(5)).isTrue();
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(tdengine.url(), "root", "wrong"))
                .hasMessageContaining("0x357")
                .hasMessageContaining("Authentication failure");
    }
}
