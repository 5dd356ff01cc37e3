package io.millrace.tdengine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements of Flink SQL that write into a server. */
class TDengineTableITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static TDengineUnderTest server;

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

    @BeforeEach
    void makeDatabase() {
        database = server.freshDatabase("PRECISION 'us'");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        environment.getConfig().enableObjectReuse();
        flink = StreamTableEnvironment.create(environment);
    }

    private String options(String more) {
        return """
               'connector' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s',
               'database' = '%s', %s
               """
                .formatted(server.url(), server.username(), server.password(), database, more);
    }

    private void run(String insert) {
        try {
            flink.executeSql(insert).await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesColumnsOfAPlainTableByName() {
        server.execute(
                "CREATE TABLE %s.temp_hum (ts TIMESTAMP, temp FLOAT, hum DOUBLE, clientid NCHAR(64))"
                        .formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (clientid STRING, ts TIMESTAMP_LTZ(3), hum DOUBLE, temp FLOAT) WITH ("
                        + options("'table' = 'temp_hum'")
                        + ")");

        run(
                """
                INSERT INTO t VALUES
                ('it''s \\ ünï', TO_TIMESTAMP_LTZ(1700000000123, 3), 45.6, CAST(23.5 AS FLOAT)),
                (CAST(NULL AS STRING), TO_TIMESTAMP_LTZ(1700000000124, 3), 0.1, CAST(NULL AS FLOAT))
                """);

        assertThat(server.rows("SELECT * FROM " + database + ".temp_hum ORDER BY ts"))
                .containsExactly(
                        List.of("2023-11-14T22:13:20.123000Z", 23.5, 45.6, "it's \\ ünï"),
                        java.util.Arrays.asList("2023-11-14T22:13:20.124000Z", null, 0.1, null));
    }

    @Test
    void createsSubTablesWithTheirTags() {
        server.execute(
                "CREATE STABLE %s.meters (ts TIMESTAMP, v INT) TAGS (site VARCHAR(16), gid INT)"
                        .formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), v INT, site STRING, gid INT) WITH ("
                        + options("'super-table' = 'meters', 'sub-table' = 'd_${site}.${gid}'")
                        + ")");

        run(
                """
                INSERT INTO t VALUES
                (TO_TIMESTAMP_LTZ(1700000000123, 3), 1, 'A', 1),
                (TO_TIMESTAMP_LTZ(1700000000123, 3), 2, 'b', 2),
                (TO_TIMESTAMP_LTZ(1700000000124, 3), 3, 'A', 1)
                """);

        assertThat(
                        server.rows(
                                "SELECT tbname, v, site, gid FROM "
                                        + database
                                        + ".meters ORDER BY v"))
                .containsExactly(
                        List.of("d_A%2E1", 1, "A", 1),
                        List.of("d_b%2E2", 2, "b", 2),
                        List.of("d_A%2E1", 3, "A", 1));
    }

    @Test
    void namesSubTablesByColumnTbnameOrByTheirTags() {
        server.execute(
                "CREATE STABLE %s.meters (ts TIMESTAMP, v INT) TAGS (site VARCHAR(16), gid INT)"
                        .formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (tbname STRING, ts TIMESTAMP_LTZ(3), v INT, site STRING, gid INT) WITH ("
                        + options("'super-table' = 'meters'")
                        + ")");

        run(
                """
                INSERT INTO t VALUES
                ('mine', TO_TIMESTAMP_LTZ(1700000000123, 3), 1, 'a', 1),
                (CAST(NULL AS STRING), TO_TIMESTAMP_LTZ(1700000000123, 3), 2, 'b', 2)
                """);

        assertThat(server.rows("SELECT tbname, v FROM " + database + ".meters ORDER BY v"))
                .containsExactly(List.of("mine", 1), List.of("meters_b_2", 2));
    }

    @Test
    void writesNamedColumnsOnly() {
        server.execute(
                "CREATE TABLE %s.p (ts TIMESTAMP, a INT, b INT)".formatted(database),
                "INSERT INTO %s.p VALUES (1700000000123000, 1, 2)".formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), a INT, b INT) WITH ("
                        + options("'table' = 'p'")
                        + ")");

        run("INSERT INTO t (ts, a) VALUES (TO_TIMESTAMP_LTZ(1700000000123, 3), 10)");

        assertThat(server.rows("SELECT a, b FROM " + database + ".p"))
                .containsExactly(List.of(10, 2));
    }

    @Test
    void writesThroughATemplate() {
        server.execute(
                "CREATE TABLE %s.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64))"
                        .formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts BIGINT, payload ROW<temp DOUBLE, hum DOUBLE>, clientid STRING) WITH ("
                        + options(
                                "'undefined-vars-as-null' = 'true', 'sql' = 'INSERT INTO "
                                        + database
                                        + ".temp_hum(ts, temp, hum, clientid) VALUES (${ts}, ${payload.temp}, ${payload.hum}, ''${clientid}'')'")
                        + ")");

        run(
                """
                INSERT INTO t VALUES
                (1700000000123, ROW(1.5, 2.5), 'a''); DROP DATABASE x; --'),
                (1700000000124, ROW(1.5, CAST(NULL AS DOUBLE)), CAST(NULL AS STRING))
                """);

        assertThat(server.rows("SELECT * FROM " + database + ".temp_hum ORDER BY ts"))
                .containsExactly(
                        List.of(
                                "2023-11-14T22:13:20.123000Z",
                                1.5,
                                2.5,
                                "a'); DROP DATABASE x; --"),
                        java.util.Arrays.asList("2023-11-14T22:13:20.124000Z", 1.5, null, null));
    }

    @Test
    void createsSubTablesThroughATemplate() {
        server.execute(
                "CREATE STABLE %s.meters (ts TIMESTAMP, v INT) TAGS (site VARCHAR(16))"
                        .formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts BIGINT, v INT, site STRING) WITH ("
                        + options(
                                "'sql.time-unit' = 'second', 'sql' = 'INSERT INTO d_${site} USING meters TAGS (''${site}'') VALUES (${ts}, ${v})'")
                        + ")");

        run("INSERT INTO t VALUES (1700000000, 7, 'B')");

        assertThat(server.rows("SELECT tbname, ts, v, site FROM " + database + ".meters"))
                .containsExactly(List.of("d_b", "2023-11-14T22:13:20.000000Z", 7, "B"));
    }

    @Test
    void writesTablesThatRowsName() {
        server.execute(
                "CREATE TABLE %s.t_a (ts TIMESTAMP, v INT)".formatted(database),
                "CREATE TABLE %s.t_b (ts TIMESTAMP, v INT)".formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts BIGINT, v INT, site STRING) WITH ("
                        + options("'sql' = 'INSERT INTO t_${site} VALUES (${ts}, ${v})'")
                        + ")");

        run(
                """
                INSERT INTO t VALUES (1700000000000, 1, 'a'), (1700000000000, 2, 'nope'),
                (1700000000000, 3, 'b')
                """);

        assertThat(server.rows("SELECT v FROM " + database + ".t_a")).containsExactly(List.of(1));
        assertThat(server.rows("SELECT v FROM " + database + ".t_b")).containsExactly(List.of(3));
    }

    @Test
    void failsWithAllThatDoesNotFitTheServersTable() {
        server.execute("CREATE TABLE %s.p (ts TIMESTAMP, temp INT, b BOOL)".formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (tim TIMESTAMP_LTZ(3), tmep INT, b BYTES) WITH ("
                        + options("'table' = 'p'")
                        + ")");

        assertThatThrownBy(
                        () ->
                                run(
                                        "INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1, 3), 1,"
                                                + " CAST('x' AS BYTES))"))
                .hasStackTraceContaining("Column 'tmep' is not in table '" + database + ".p'")
                .hasStackTraceContaining("Did you mean 'temp'?")
                .hasStackTraceContaining("Column 'b' of table")
                .hasStackTraceContaining("Column 'ts'");
    }

    @Test
    void failsWhereATableIsMissingAndSaysWhatThereIs() {
        server.execute("CREATE TABLE %s.temp_hum (ts TIMESTAMP, a INT)".formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), a INT) WITH ("
                        + options("'table' = 'temphum', 'sink.retry.missing-timeout' = '100 ms'")
                        + ")");

        assertThatThrownBy(() -> run("INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1, 3), 1)"))
                .hasStackTraceContaining("Table '" + database + ".temphum' does not exist")
                .hasStackTraceContaining("Did you mean 'temp_hum'?");
    }

    @Test
    void failsWithWrongCredentialsAndDoesNotShowThem() {
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), a INT) WITH ("
                        + options("'table' = 'x'")
                                .replace(
                                        "'password' = '" + server.password(),
                                        "'password' = 's3cr3t")
                        + ")");

        assertThatThrownBy(() -> run("INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1, 3), 1)"))
                .hasStackTraceContaining("check user, password or token")
                .satisfies(
                        e ->
                                assertThat(
                                                org.apache.flink.util.ExceptionUtils
                                                        .stringifyException(e))
                                        .doesNotContain("s3cr3t"));
    }

    @Test
    void reportsAllWrongOptionsAtOnce() {
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), a INT) WITH ("
                        + options(
                                "'table' = 'x', 'super-table' = 'y', 'sink.batch.max-rows' = '0',"
                                        + " 'sink.dead-letter' = 'nowhere'")
                        + ")");

        assertThatThrownBy(
                        () -> flink.explainSql("INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1, 3), 1)"))
                .hasStackTraceContaining("'table', 'super-table' and 'sql'")
                .hasStackTraceContaining("'sink.batch.max-rows' is 0")
                .hasStackTraceContaining("'nowhere'");
    }

    @Test
    void writesUpdatesOfAnAggregation() {
        server.execute("CREATE TABLE %s.sums (ts TIMESTAMP, n BIGINT)".formatted(database));
        flink.executeSql(
                "CREATE TEMPORARY TABLE t (ts TIMESTAMP_LTZ(3), n BIGINT) WITH ("
                        + options("'table' = 'sums'")
                        + ")");

        run(
                """
                INSERT INTO t SELECT TO_TIMESTAMP_LTZ(k, 3), SUM(v)
                FROM (VALUES (1700000000000, 1), (1700000000001, 5), (1700000000000, 2)) AS x(k, v)
                GROUP BY k
                """);

        assertThat(server.query("SELECT n FROM " + database + ".sums ORDER BY ts"))
                .containsExactly(Map.of("n", 3), Map.of("n", 5));
    }

    @Test
    void writesIntoTablesOfTheCatalogWithoutDdl() {
        server.execute(
                "CREATE TABLE %s.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64))"
                        .formatted(database),
                "CREATE STABLE %s.meters (ts TIMESTAMP, v INT) TAGS (site VARCHAR(16))"
                        .formatted(database));
        flink.executeSql(
                """
                CREATE CATALOG tdengine WITH ('type' = 'tdengine', 'url' = '%s',
                'username' = '%s', 'password' = '%s', 'sub-table' = 'd_${site}')
                """
                        .formatted(server.url(), server.username(), server.password()));

        run(
                """
                INSERT INTO tdengine.%s.temp_hum (ts, temp, hum, clientid)
                VALUES (TO_TIMESTAMP_LTZ(1700000000123, 3), CAST(1.5 AS FLOAT), CAST(2.5 AS FLOAT), 'c')
                """
                        .formatted(database));
        run(
                """
                INSERT INTO tdengine.%s.meters (ts, v, site)
                VALUES (TO_TIMESTAMP_LTZ(1700000000123, 3), 1, 'x')
                """
                        .formatted(database));

        assertThat(server.rows("SELECT temp, hum, clientid FROM " + database + ".temp_hum"))
                .containsExactly(List.of(1.5, 2.5, "c"));
        assertThat(server.rows("SELECT tbname, v, site FROM " + database + ".meters"))
                .containsExactly(List.of("d_x", 1, "x"));
    }
}
