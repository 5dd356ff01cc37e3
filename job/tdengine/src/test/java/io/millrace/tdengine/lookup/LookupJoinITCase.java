package io.millrace.tdengine.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins with the last rows of sub-tables. */
class LookupJoinITCase {
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
        database = server.freshDatabase("PRECISION 'ms'");
        server.execute(
                "CREATE STABLE %1$s.meters (ts TIMESTAMP, v INT, x DOUBLE, note VARCHAR(16)) TAGS (gid BIGINT, site NCHAR(16))"
                        .formatted(database),
                ("INSERT INTO %1$s.`D1` USING %1$s.meters TAGS (1, 'a''b') VALUES (1700000000001, 1, 1.5, 'p') (1700000000002, 2, NULL, 'q')"
                                + " %1$s.d2 USING %1$s.meters TAGS (2, 'a''b') VALUES (1700000000001, 3, 3.5, 'p')"
                                + " %1$s.d3 USING %1$s.meters TAGS (3, NULL) VALUES (1700000000001, 4, 4.5, 'p') (1700000000003, 1, 4.5, 'r')")
                        .formatted(database),
                "CREATE TABLE %1$s.plain (ts TIMESTAMP, k VARCHAR(16), v INT)".formatted(database),
                "INSERT INTO %1$s.plain VALUES (1700000000001, 'x', 1) (1700000000002, 'x', 2) (1700000000003, 'y', 3)"
                        .formatted(database));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeSession() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        flink = StreamTableEnvironment.create(environment);
        flink.executeSql(
                "CREATE CATALOG td WITH ('type' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s', 'default-database' = '%s')"
                        .formatted(server.url(), server.username(), server.password(), database));
        flink.executeSql("USE CATALOG td");
        flink.executeSql(
                "CREATE TEMPORARY VIEW asked AS SELECT k, n, PROCTIME() AS pt FROM (VALUES ('D1', CAST(1 AS BIGINT)), ('d2', 2), ('D1', 2), ('a''b', 9), (CAST(NULL AS STRING), CAST(NULL AS BIGINT))) AS t(k, n)");
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        CollectionUtil.iteratorToList(flink.executeSql(query).collect())
                .forEach(row -> rows.add(row.toString()));
        Collections.sort(rows);
        return rows;
    }

    private static String join(String columns, String options, String on) {
        return "SELECT "
                + columns
                + " FROM asked JOIN meters"
                + (options.isEmpty() ? "" : " /*+ OPTIONS(" + options + ") */")
                + " FOR SYSTEM_TIME AS OF asked.pt AS m ON "
                + on;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'lookup.async' = 'true'",
                "'lookup.async' = 'true', 'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '10'",
                "'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '10'"
            })
    void findsTheLastRowOfTheSubTable(String options) {
        assertThat(rows(join("k, n, m.v, x, gid, site", options, "m.tbname = asked.k")))
                .containsExactly(
                        "+I[D1, 1, 2, null, 1, a'b]",
                        "+I[D1, 2, 2, null, 1, a'b]",
                        "+I[d2, 2, 3, 3.5, 2, a'b]");
    }

    @Test
    void findsTheLastRowOfEachSubTableWithATag() {
        assertThat(rows(join("k, m.tbname, v", "", "m.site = asked.k")))
                .containsExactly("+I[a'b, D1, 2]", "+I[a'b, d2, 3]");
        assertThat(rows(join("n, m.tbname, v", "", "m.gid = asked.n AND m.tbname = asked.k")))
                .containsExactly("+I[1, D1, 2]", "+I[2, d2, 3]");
    }

    @Test
    void findsTheLastRowWithAColumn() {
        assertThat(rows(join("k, m.tbname, v, note", "", "m.note = 'p' AND m.tbname = asked.k")))
                .containsExactly("+I[D1, D1, 1, p]", "+I[D1, D1, 1, p]", "+I[d2, d2, 3, p]");
    }

    @Test
    void filtersLastRowsRatherThanChoosingOthers() {
        assertThat(rows(join("k, v", "", "m.tbname = asked.k AND m.v < 2"))).isEmpty();
        assertThat(rows(join("k, v", "", "m.tbname = asked.k AND m.v > 2")))
                .containsExactly("+I[d2, 3]");
        assertThat(rows(join("k, v", "", "m.tbname = asked.k AND m.gid > 1 AND m.x > 1")))
                .containsExactly("+I[d2, 3]");
    }

    @Test
    void keepsRowsWithoutAMatchInALeftJoin() {
        assertThat(
                        rows(
                                "SELECT k, m.v FROM asked LEFT JOIN meters FOR SYSTEM_TIME AS OF asked.pt AS m ON m.tbname = asked.k"))
                .contains("+I[null, null]", "+I[a'b, null]");
    }

    @Test
    void findsTheLastRowOfATableWithoutSubTables() {
        flink.executeSql(
                "CREATE TEMPORARY VIEW letters AS SELECT k, PROCTIME() AS pt FROM (VALUES 'x', 'y', 'z') AS t(k)");
        assertThat(
                        rows(
                                "SELECT letters.k, m.v FROM letters JOIN `plain` FOR SYSTEM_TIME AS OF letters.pt AS m ON m.k = letters.k"))
                .containsExactly("+I[x, 2]", "+I[y, 3]");
    }

    @Test
    void doesNotAskAgainForWhatIsCached() {
        flink.executeSql(
                "CREATE TEMPORARY VIEW often AS SELECT k, PROCTIME() AS pt FROM (VALUES 'D1', 'd2', 'D1', 'd2', 'D1') AS t(k)");
        String query =
                "SELECT v FROM often JOIN meters /*+ OPTIONS('lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '10') */ FOR SYSTEM_TIME AS OF often.pt AS m ON m.tbname = often.k";
        if (server.isEmbedded()) {
            server.server().faults().recordStatements(true);
        }
        assertThat(rows(query)).hasSize(5);
        if (server.isEmbedded()) {
            assertThat(server.server().faults().recordedStatements())
                    .filteredOn(sql -> sql.contains("LAST_ROW"))
                    .hasSize(2);
        }
    }

    @Test
    void refusesKeysThatCompareOtherwise() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        "SELECT v FROM (SELECT CAST(n AS DOUBLE) AS d, pt FROM asked) AS a JOIN meters FOR SYSTEM_TIME AS OF a.pt AS m ON m.x = a.d"))
                .hasStackTraceContaining("Column 'x' is DOUBLE and cannot be a lookup key");
    }
}
