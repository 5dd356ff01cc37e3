package io.millrace.devkit.tdengine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements do, without a network. What the driver sees is in DevelopmentServerITCase. */
class EngineTest {
    private final Engine engine = new Engine(null, ZoneOffset.UTC);
    private final Session session = engine.newSession();

    @BeforeEach
    void createDatabase() {
        run("CREATE DATABASE d");
        run("USE d");
        run("CREATE STABLE s (ts TIMESTAMP, v INT, w DOUBLE) TAGS (g INT, h NCHAR(4))");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private long run(String sql) {
        return ((Result.Update) engine.execute(sql, session)).rows();
    }

    private List<List<Object>> query(String sql) {
        return ((Result.Rows) engine.execute(sql, session))
                .rows().stream().map(Arrays::asList).toList();
    }

    @Test
    void addsOldRowsBetweenNewOnes() {
        run("INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (1700000000005, 5)");
        run(
                "INSERT INTO a (ts, v) VALUES (1700000000003, 3) (1700000000007, 7) (1700000000005, 6)");
        assertThat(query("SELECT v FROM a")).containsExactly(List.of(3), List.of(6), List.of(7));
    }

    @Test
    void rowsOfOneTimeDifferByTheSecondKey() {
        run("CREATE TABLE k (ts TIMESTAMP, seq INT PRIMARY KEY, v INT)");
        assertThat(
                        run(
                                "INSERT INTO k VALUES (1700000000000, 1, 1) (1700000000000, 2, 2)"
                                        + " (1700000000000, 2, 3)"))
                .isEqualTo(2);
        run("INSERT INTO k (ts, seq, v) VALUES (1700000000000, 1, 9)");
        assertThat(query("SELECT seq, v FROM k")).containsExactly(List.of(1, 9), List.of(2, 3));
        assertThatThrownBy(() -> run("INSERT INTO k (ts, v) VALUES (1700000000000, 1)"))
                .hasMessage("Primary key column should not be none");
    }

    @Test
    void refusedInsertsLeaveNothingBehind() {
        assertThatThrownBy(() -> run("INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (0, 5)"))
                .hasMessage("Timestamp data out of range");
        assertThat(query("SHOW TABLES")).isEmpty();
        run("INSERT INTO a USING s TAGS (2, 'y') (ts, v) VALUES (1700000000005, 5)");
        assertThat(query("SELECT g FROM s")).containsExactly(List.of(2));
    }

    @Test
    void insertsFromManyThreadsCreateEachTableOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> inserts = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                inserts.add(
                        threads.submit(
                                () -> {
                                    Session own = engine.newSession();
                                    own.database("d");
                                    for (int i = 0; i < 50; i++) {
                                        engine.execute(
                                                "INSERT INTO t"
                                                        + i
                                                        + " USING s TAGS (1, 'x') (ts, v) VALUES ("
                                                        + (1700000000000L + thread)
                                                        + ", 1)",
                                                own);
                                    }
                                }));
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(query("SELECT COUNT(*) FROM s")).containsExactly(List.of(200L));
        assertThat(query("SELECT TAGS tbname FROM s")).hasSize(50);
    }

    @Test
    void limitsEachPartition() {
        run(
                "INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (1700000000000, 1)"
                        + " (1700000000001, 2) b USING s TAGS (2, 'y') (ts, v) VALUES"
                        + " (1700000000000, 3) (1700000000001, 4)");
        assertThat(query("SELECT v FROM s PARTITION BY tbname LIMIT 1"))
                .containsExactlyInAnyOrder(List.of(1), List.of(3));
        assertThat(query("SELECT COUNT(*) FROM s PARTITION BY tbname SLIMIT 1")).hasSize(1);
        assertThat(query("SELECT v FROM s PARTITION BY tbname ORDER BY v DESC LIMIT 1"))
                .containsExactly(List.of(4));
    }

    @Test
    void selectsOtherColumnsOfTheRowThatAFunctionChose() {
        run(
                "INSERT INTO a USING s TAGS (1, 'x') VALUES (1700000000000, 1, 0.5)"
                        + " (1700000000001, 9, NULL) (1700000000002, NULL, 2.5)");
        assertThat(query("SELECT MAX(v), w FROM s")).containsExactly(Arrays.asList(9, null));
        assertThat(query("SELECT LAST(v), ts FROM s")).containsExactly(List.of(9, 1700000000001L));
        assertThat(query("SELECT LAST_ROW(*) FROM s"))
                .containsExactly(Arrays.asList(1700000000002L, null, 2.5));
        assertThat(query("SELECT LAST(*) FROM s")).containsExactly(List.of(1700000000002L, 9, 2.5));
    }

    @Test
    void alignsWindowsOfDaysToTheZone() {
        run("INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (1700000000000, 1)");
        assertThat(query("SELECT _wstart, _wend FROM s INTERVAL(1d)"))
                .containsExactly(List.of(1699920000000L, 1700006400000L));
        session.zone(ZoneOffset.ofHours(8));
        assertThat(query("SELECT _wstart FROM s INTERVAL(1d)"))
                .containsExactly(List.of(1699977600000L));
    }

    @Test
    void unitesQueries() {
        run("INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (1700000000000, 1)");
        assertThat(
                        query(
                                "SELECT v FROM s UNION ALL SELECT g FROM s UNION ALL SELECT 5 ORDER BY v DESC LIMIT 2"))
                .containsExactly(List.of(5), List.of(1));
    }

    @Test
    void droppingATableDropsItsRows() {
        run("INSERT INTO a USING s TAGS (1, 'x') (ts, v) VALUES (1700000000000, 1)");
        run("DROP TABLE a");
        run("INSERT INTO a USING s TAGS (2, 'y') (ts, v) VALUES (1700000000001, 2)");
        assertThat(query("SELECT v, g FROM s")).containsExactly(List.of(2, 2));
        run("DROP STABLE s");
        assertThat(query("SHOW TABLES")).isEmpty();
    }

    @Test
    void insertsUseTheColumnsAfterAnAlteration() {
        run("INSERT INTO a USING s TAGS (1, 'x') VALUES (1700000000000, 1, 1)");
        run("ALTER STABLE s DROP COLUMN v");
        run("ALTER STABLE s ADD COLUMN x BOOL");
        run("INSERT INTO a VALUES (1700000000001, 2, true)");
        assertThat(query("SELECT * FROM a"))
                .containsExactly(
                        Arrays.asList(1700000000000L, 1.0, null),
                        List.of(1700000000001L, 2.0, true));
    }
}
