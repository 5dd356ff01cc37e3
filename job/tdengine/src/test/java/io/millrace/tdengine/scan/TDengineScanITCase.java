package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of Flink SQL that read from a server. */
class TDengineScanITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static TDengineUnderTest server;
    private static String database;

    private TableEnvironment flink;

    @BeforeAll
    static void fillTables() {
        server = TDengineUnderTest.start();
        database = server.freshDatabase("PRECISION 'us'");
        StringBuilder rows = new StringBuilder("INSERT INTO ");
        for (int table = 0; table < 5; table++) {
            server.execute(
                    "CREATE STABLE IF NOT EXISTS "
                            + database
                            + ".meters (ts TIMESTAMP, v INT, x DOUBLE, note NCHAR(16))"
                            + " TAGS (gid INT, site VARCHAR(16))");
            rows.append(
                    "%s.`D%d` USING %s.meters TAGS (%s, 's%d') VALUES "
                            .formatted(
                                    database,
                                    table,
                                    database,
                                    table == 4 ? "NULL" : String.valueOf(table),
                                    table % 2));
            for (int i = 0; i < 20; i++) {
                // Two of the sub-tables have equal times.
                long time = 1_700_000_000_000_000L + i * 1_000L + table / 2;
                rows.append(
                        "(%d, %d, %s, %s)"
                                .formatted(
                                        time,
                                        table * 100 + i,
                                        i == 3 ? "NULL" : i + ".5",
                                        i % 4 == 0 ? "NULL" : "'n" + i + "ä'"));
            }
        }
        server.execute(rows.toString());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeSession() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(2);
        flink = StreamTableEnvironment.create(environment);
        flink.executeSql(
                "CREATE CATALOG td WITH ('type' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s', 'default-database' = '%s')"
                        .formatted(server.url(), server.username(), server.password(), database));
        flink.executeSql("USE CATALOG td");
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        CollectionUtil.iteratorToList(flink.executeSql(query).collect())
                .forEach(row -> rows.add(row.toString()));
        Collections.sort(rows);
        return rows;
    }

    private String plan(String query) {
        String explained = flink.explainSql(query);
        return explained.substring(explained.indexOf("== Optimized Physical Plan =="));
    }

    @Test
    void readsASuperTableWithTheNamesOfItsSubTables() {
        assertThat(rows("SELECT * FROM meters")).hasSize(100);
        assertThat(rows("SELECT tbname, ts, v, x, note, gid, site FROM meters WHERE v IN (3, 401)"))
                .containsExactly(
                        "+I[D0, 2023-11-14T22:13:20.003Z, 3, null, n3ä, 0, s0]",
                        "+I[D4, 2023-11-14T22:13:20.001002Z, 401, 1.5, n1ä, null, s0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'scan.split-by' = 'none'",
                "'scan.split-by' = 'time'",
                "'scan.split-by' = 'time', 'scan.split.duration' = '3 ms'",
                "'scan.split-by' = 'sub-table'",
                "'scan.split-by' = 'sub-table', 'scan.split.sub-tables' = '2'"
            })
    void readsEveryRowOnceHoweverItIsDivided(String options) {
        assertThat(rows("SELECT v FROM meters /*+ OPTIONS(" + options + ") */"))
                .hasSize(100)
                .doesNotHaveDuplicates();
        assertThat(rows("SELECT v FROM `D2` /*+ OPTIONS(" + options + ") */"))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void countsWithoutReadingColumns() {
        assertThat(rows("SELECT COUNT(*) FROM meters WHERE gid = 1")).contains("+U[20]");
    }

    private static final List<String> CONDITIONS =
            List.of(
                    "v < 3",
                    "v >= 399 AND v <= 401",
                    "v BETWEEN 100 AND 104",
                    "v NOT BETWEEN 5 AND 500",
                    "v IN (1, 2, 400, 77777)",
                    "v NOT IN (1, 2, 400)",
                    "NOT (v > 5)",
                    "NOT (x > 5)",
                    "x > 5.4",
                    "x > 5.4999999",
                    "x < 5.5000001 AND x > 4.6",
                    "x = 5.5",
                    "x <> 5.5",
                    "x IS NULL",
                    "NOT (x IS NULL)",
                    "NOT (x > 5 OR v = 1)",
                    "NOT (note = 'n1ä')",
                    "note = 'n1ä'",
                    "note = 'N1ä'",
                    "note <> 'n1ä'",
                    "note LIKE 'n1%'",
                    "note LIKE 'N1%'",
                    "note LIKE '%ä' AND v < 3",
                    "note LIKE 'n_ä'",
                    "note NOT LIKE 'n1%'",
                    "note > 'n2'",
                    "tbname = 'D1'",
                    "tbname = 'd1'",
                    "tbname = ''",
                    "tbname IN ('D1', 'D3', 'x''y')",
                    "tbname <> 'D1'",
                    "tbname IS NULL",
                    "tbname LIKE 'd%'",
                    "gid IS NULL",
                    "gid = 1",
                    "gid <> 1",
                    "NOT (gid = 1)",
                    "gid = 1 OR v = 0",
                    "site = 's1' AND v > 310",
                    "site = 's1' OR note IS NULL",
                    "(site = 's1' AND v < 102) OR (gid IS NULL AND v > 417)",
                    "ts = TO_TIMESTAMP_LTZ(1700000000001, 3)",
                    "ts < TO_TIMESTAMP_LTZ(1700000000001, 3)",
                    "ts <= TO_TIMESTAMP_LTZ(1700000000001, 3)",
                    "ts > TO_TIMESTAMP_LTZ(1700000000018, 3)",
                    "ts IS NULL",
                    "v > CAST(NULL AS INT)",
                    "CAST(v AS BIGINT) = 5",
                    "v > 9999999999",
                    "v < 9999999999",
                    "v + 1 = 5",
                    "CHAR_LENGTH(note) = 3 AND gid = 1");

    /** All conditions on the table and on a copy of its rows that Flink alone filters. */
    @Test
    void filtersAsFlinkDoes() {
        flink.createTemporaryView(
                "copied",
                flink.fromValues(
                        flink.from("meters").getResolvedSchema().toPhysicalRowDataType(),
                        CollectionUtil.iteratorToList(
                                        flink.executeSql("SELECT * FROM meters").collect())
                                .toArray()));
        // Selected rather than filtered by, all conditions take one job.
        List<Row> truths =
                CollectionUtil.iteratorToList(
                        flink.executeSql(
                                        "SELECT v, "
                                                + CONDITIONS.stream()
                                                        .collect(
                                                                Collectors.joining(
                                                                        "), (", "(", ")"))
                                                + " FROM copied")
                                .collect());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < CONDITIONS.size(); i++) {
            for (Row row : truths) {
                if (Boolean.TRUE.equals(row.getField(i + 1))) {
                    expected.add(Row.of(CONDITIONS.get(i), row.getField(0)).toString());
                }
            }
        }

        List<String> found = new ArrayList<>();
        for (int from = 0; from < CONDITIONS.size(); from += 8) {
            int to = Math.min(CONDITIONS.size(), from + 8);
            found.addAll(rows(union(CONDITIONS.subList(from, to))));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String union(List<String> conditions) {
        return conditions.stream()
                .map(
                        condition ->
                                "SELECT '%s', v FROM meters /*+ OPTIONS('scan.split-by'='none') */ WHERE %s"
                                        .formatted(condition.replace("'", "''"), condition))
                .collect(Collectors.joining(" UNION ALL "));
    }

    @Test
    void showsWhatIsPushedDown() {
        assertThat(
                        plan(
                                "SELECT v FROM meters WHERE gid = 1 AND v > 5 AND ts >= TO_TIMESTAMP_LTZ(1700000000000, 3)"))
                .contains("filter=[and(and(=(gid, 1), >(v, 5)), >=(ts, ")
                .contains("project=[v]")
                .doesNotContain("where=");
        assertThat(plan("SELECT v FROM meters WHERE note LIKE 'n%' AND CHAR_LENGTH(note) > 2"))
                .contains("filter=[LIKE(note, _UTF-16LE'n%')]")
                .contains("where=[(LIKE(note, 'n%') AND (CHAR_LENGTH(note) > 2))]");
        assertThat(plan("SELECT v FROM meters WHERE x > 1"))
                .contains("filter=[>(x, 1")
                .contains("where=[(x > 1");
        assertThat(plan("SELECT v FROM meters WHERE tbname = 'D1' LIMIT 3"))
                .contains("filter=[=(tbname, _UTF-16LE'D1'")
                .contains("limit=[3]")
                .doesNotContain("where=");
    }

    @Test
    void readsNoMoreThanALimit() {
        assertThat(rows("SELECT v FROM meters LIMIT 3")).hasSize(3);
        assertThat(rows("SELECT v FROM meters WHERE note LIKE 'n1%' LIMIT 7")).hasSize(7);
    }

    @Test
    void tellsWhatDoesNotFit() {
        flink.executeSql(
                "CREATE TEMPORARY TABLE wrong (ts TIMESTAMP_LTZ(3), v SMALLINT) WITH ('connector' = 'tdengine', 'url' = '%s', 'username' = 'root', 'password' = 'taosdata', 'database' = '%s', 'super-table' = 'meters')"
                        .formatted(server.url(), database));
        assertThatThrownBy(() -> rows("SELECT v FROM wrong"))
                .hasStackTraceContaining(
                        "Column 'v' of table '"
                                + database
                                + ".meters' is INT in TDengine and cannot be read as SMALLINT."
                                + " Declare it as INT.");
        assertThatThrownBy(() -> rows("SELECT ts FROM wrong WHERE v > 1"))
                .hasStackTraceContaining("cannot be read as SMALLINT");
        assertThatThrownBy(() -> rows("SELECT v FROM wrong /*+ OPTIONS('super-table'='metres') */"))
                .hasStackTraceContaining("Table '" + database + ".metres' does not exist.")
                .hasStackTraceContaining("Did you mean 'meters'?");
    }

    /** A broken reader would leave the task waiting: the job ends all the same. */
    @Test
    void readsNothingFromATableThatIsEmpty() {
        server.execute("CREATE TABLE IF NOT EXISTS " + database + ".nothing (ts TIMESTAMP, v INT)");
        assertThat(rows("SELECT * FROM nothing")).isEmpty();
        assertThat(rows("SELECT * FROM meters WHERE tbname = ''")).isEmpty();
    }

    @Test
    void readsRowsWithACompositeKey() {
        server.execute(
                "CREATE TABLE IF NOT EXISTS "
                        + database
                        + ".events (ts TIMESTAMP, n INT PRIMARY KEY, v INT)",
                "INSERT INTO "
                        + database
                        + ".events VALUES (1700000000000001, 1, 1) (1700000000000001, 2, 2)"
                        + " (1700000000000002, 1, 3)");
        assertThat(rows("SELECT n, v FROM events"))
                .containsExactly("+I[1, 1]", "+I[1, 3]", "+I[2, 2]");
    }
}
