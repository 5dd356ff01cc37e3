package io.millrace.tdengine.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the sink writes and the scan reads, through tables that the catalog made. */
class RoundTripITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static TDengineUnderTest server;

    private final TimeZone zone = TimeZone.getDefault();
    private String database;
    private TableEnvironment flink;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @BeforeEach
    void makeSession() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        flink = StreamTableEnvironment.create(environment);
        flink.getConfig().set("table.local-time-zone", "Asia/Tokyo");
    }

    private void use(String options) {
        database = server.freshDatabase(options);
        flink.executeSql(
                "CREATE CATALOG td WITH ('type' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s', 'default-database' = '%s')"
                        .formatted(server.url(), server.username(), server.password(), database));
        flink.executeSql("USE CATALOG td");
    }

    private void write(String insert) {
        try {
            flink.executeSql(insert).await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        CollectionUtil.iteratorToList(flink.executeSql(query).collect())
                .forEach(row -> rows.add(row.toString()));
        Collections.sort(rows);
        return rows;
    }

    @Test
    void keepsEveryTypeOfColumn() {
        use("PRECISION 'ns'");
        flink.executeSql(
                """
                CREATE TABLE kinds (
                  ts TIMESTAMP_LTZ(9), b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT,
                  u8 SMALLINT COMMENT 'TINYINT UNSIGNED', u16 INT COMMENT 'SMALLINT UNSIGNED',
                  u32 BIGINT COMMENT 'INT UNSIGNED', u64 DECIMAL(20, 0) COMMENT 'BIGINT UNSIGNED',
                  f FLOAT, d DOUBLE, vc STRING COMMENT 'VARCHAR(40)', nc VARCHAR(20),
                  vb VARBINARY(10), t2 TIMESTAMP_LTZ(9))
                """);
        write(
                """
                INSERT INTO kinds VALUES
                (TO_TIMESTAMP_LTZ(1700000000001, 3), TRUE, CAST(-128 AS TINYINT),
                 CAST(-32768 AS SMALLINT), -2147483647, -9223372036854775807,
                 CAST(255 AS SMALLINT), 65535, 4294967295, CAST('18446744073709551615' AS DECIMAL(20, 0)),
                 CAST(1.1 AS FLOAT), 1.7976931348623157E308, 'it''s \\ 日本 😀', U&'\\00e9%_\\000a', x'00ff27',
                 TO_TIMESTAMP_LTZ(-1, 3)),
                (TO_TIMESTAMP_LTZ(1700000000002, 3), CAST(NULL AS BOOLEAN), CAST(NULL AS TINYINT),
                 CAST(NULL AS SMALLINT), CAST(NULL AS INT), CAST(NULL AS BIGINT),
                 CAST(NULL AS SMALLINT), CAST(NULL AS INT), CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(20, 0)),
                 CAST(NULL AS FLOAT), CAST(NULL AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING),
                 CAST(NULL AS BYTES), CAST(NULL AS TIMESTAMP_LTZ(9))),
                (TO_TIMESTAMP_LTZ(1700000000003, 3), FALSE, CAST(127 AS TINYINT),
                 CAST(0 AS SMALLINT), 0, 0, CAST(0 AS SMALLINT), 0, 0, CAST(0 AS DECIMAL(20, 0)),
                 CAST(0 AS FLOAT), -0.1, '', '', x'', TO_TIMESTAMP_LTZ(0, 3))
                """);
        assertThat(rows("SELECT * FROM kinds"))
                .containsExactly(
                        "+I[2023-11-14T22:13:20.001Z, true, -128, -32768, -2147483647, -9223372036854775807, 255, 65535, 4294967295, 18446744073709551615, 1.1, 1.7976931348623157E308, it's \\ 日本 😀, é%_\n, [0, -1, 39], 1969-12-31T23:59:59.999Z]",
                        "+I[2023-11-14T22:13:20.002Z, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null]",
                        "+I[2023-11-14T22:13:20.003Z, false, 127, 0, 0, 0, 0, 0, 0, 0, 0.0, -0.1, , , [], 1970-01-01T00:00:00Z]");
        assertThat(
                        rows(
                                "SELECT i32 FROM kinds WHERE vc = 'it''s \\ 日本 😀' AND nc = U&'\\00e9%_\\000a' AND u64 > CAST('18446744073709551614' AS DECIMAL(20, 0)) AND b AND t2 < TO_TIMESTAMP_LTZ(0, 3) AND i64 = -9223372036854775807"))
                .containsExactly("+I[-2147483647]");
        assertThat(rows("SELECT i8 FROM kinds WHERE vc = ''")).containsExactly("+I[127]");
        assertThat(rows("SELECT i8 FROM kinds WHERE vc <> 'x' AND NOT b"))
                .containsExactly("+I[127]");
    }

    @Test
    void keepsGeometries() {
        use("PRECISION 'ns'");
        flink.executeSql(
                "CREATE TABLE shapes (ts TIMESTAMP_LTZ(9), g STRING COMMENT 'GEOMETRY(200)')");
        write(
                """
                INSERT INTO shapes VALUES
                (TO_TIMESTAMP_LTZ(1700000000001, 3), 'POLYGON ((0 0, 10.123456789 0, 10 10, 0 0))'),
                (TO_TIMESTAMP_LTZ(1700000000002, 3), 'POINT EMPTY'),
                (TO_TIMESTAMP_LTZ(1700000000003, 3), CAST(NULL AS STRING))
                """);
        assertThat(rows("SELECT g FROM shapes"))
                .containsExactly(
                        "+I[POINT EMPTY]",
                        "+I[POLYGON ((0 0, 10.123456789 0, 10 10, 0 0))]",
                        "+I[null]");
        assertThat(rows("SELECT g FROM shapes WHERE g LIKE 'POINT%'"))
                .containsExactly("+I[POINT EMPTY]");
    }

    @Test
    void keepsEveryTypeOfTag() {
        use("PRECISION 'us'");
        flink.executeSql(
                """
                CREATE TABLE sites (tbname STRING, ts TIMESTAMP_LTZ(6), v INT,
                  b BOOLEAN, i8 TINYINT, u64 DECIMAL(20, 0) COMMENT 'BIGINT UNSIGNED', d DOUBLE,
                  vc STRING COMMENT 'VARCHAR(40)', nc VARCHAR(20), t TIMESTAMP_LTZ(6))
                PARTITIONED BY (b, i8, u64, d, vc, nc, t)
                """);
        flink.executeSql(
                "CREATE TABLE loose (tbname STRING, ts TIMESTAMP_LTZ(6), v INT, j STRING COMMENT 'JSON TAG')");
        write(
                """
                INSERT INTO sites VALUES
                ('D.1', TO_TIMESTAMP_LTZ(1700000000001, 3), 1, TRUE, CAST(-1 AS TINYINT),
                 CAST('18446744073709551615' AS DECIMAL(20, 0)), 0.1, 'it''s', 'é', TO_TIMESTAMP_LTZ(1, 3)),
                ('none', TO_TIMESTAMP_LTZ(1700000000001, 3), 2, CAST(NULL AS BOOLEAN), CAST(NULL AS TINYINT),
                 CAST(NULL AS DECIMAL(20, 0)), CAST(NULL AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING),
                 CAST(NULL AS TIMESTAMP_LTZ(6)))
                """);
        write(
                "INSERT INTO loose VALUES ('j1', TO_TIMESTAMP_LTZ(1700000000001, 3), 1, '{\"a\":1,\"b\":\"é\"}'), ('j2', TO_TIMESTAMP_LTZ(1700000000001, 3), 2, CAST(NULL AS STRING))");

        assertThat(rows("SELECT * FROM sites"))
                .containsExactly(
                        "+I[D%2E1, 2023-11-14T22:13:20.001Z, 1, true, -1, 18446744073709551615, 0.1, it's, é, 1970-01-01T00:00:00.001Z]",
                        "+I[none, 2023-11-14T22:13:20.001Z, 2, null, null, null, null, null, null, null]");
        assertThat(
                        rows(
                                "SELECT v FROM sites WHERE t = TO_TIMESTAMP_LTZ(1, 3) AND vc = 'it''s' AND u64 > 5"))
                .containsExactly("+I[1]");
        assertThat(rows("SELECT tbname, v, j FROM loose"))
                .containsExactly("+I[j1, 1, {\"a\":1,\"b\":\"é\"}]", "+I[j2, 2, null]");
        assertThat(rows("SELECT v FROM loose WHERE j LIKE '%é%'")).containsExactly("+I[1]");
        assertThat(rows("SELECT v FROM loose WHERE j IS NULL")).containsExactly("+I[2]");
    }

    @ParameterizedTest
    @CsvSource({"ms,3", "us,6", "ns,9"})
    void keepsTimesWhateverTheZone(String precision, int digits) {
        use("PRECISION '" + precision + "'");
        flink.executeSql("CREATE TABLE times (ts TIMESTAMP_LTZ(%d), v INT)".formatted(digits));
        String options =
                "'connector' = 'tdengine', 'url' = '%s', 'username' = 'root', 'password' = 'taosdata', 'database' = '%s', 'table' = 'times'"
                        .formatted(server.url(), database);
        for (String declared :
                List.of("ltz TIMESTAMP_LTZ(0)", "plain TIMESTAMP(9)", "epoch BIGINT")) {
            String name = declared.substring(0, declared.indexOf(' '));
            flink.executeSql(
                    "CREATE TEMPORARY TABLE %s (ts %s, v INT) WITH (%s)"
                            .formatted(name, declared.substring(declared.indexOf(' ')), options));
        }
        // The zone of the machine has a gap at that hour of that day, that of the session has not.
        write(
                "INSERT INTO plain VALUES (TIMESTAMP '2026-03-08 02:30:00.123456789', 1), (TIMESTAMP '2024-02-29 23:59:59.999999999', 2)");
        String fraction = "123456789".substring(0, digits);

        assertThat(rows("SELECT ts FROM times WHERE v = 1"))
                .containsExactly("+I[2026-03-08T02:30:00." + fraction + "Z]");
        assertThat(rows("SELECT ts FROM plain WHERE v = 1"))
                .containsExactly("+I[2026-03-08T02:30:00." + fraction + "]");
        assertThat(rows("SELECT ts FROM ltz WHERE v = 1"))
                .containsExactly("+I[2026-03-08T02:30:00Z]");
        assertThat(rows("SELECT ts FROM epoch WHERE v = 1")).containsExactly("+I[1772937000123]");

        assertThat(rows("SELECT v FROM ltz WHERE ts = TO_TIMESTAMP_LTZ(1772937000, 0)"))
                .containsExactly("+I[1]");
        assertThat(rows("SELECT v FROM ltz WHERE ts > TO_TIMESTAMP_LTZ(1772937000, 0)")).isEmpty();
        assertThat(rows("SELECT v FROM epoch WHERE ts = 1772937000123")).containsExactly("+I[1]");
        assertThat(rows("SELECT v FROM epoch WHERE ts <> 1772937000123")).containsExactly("+I[2]");
        assertThat(rows("SELECT v FROM plain WHERE ts >= TIMESTAMP '2026-03-08 02:30:00'"))
                .containsExactly("+I[1]");
        assertThat(rows("SELECT v FROM times WHERE ts < TIMESTAMP '2026-03-08 11:30:00'"))
                .containsExactly("+I[2]");
    }
}
