package io.millrace.tdengine.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Secret;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of dead letters that are written after all. */
class RowReplayITCase {
    private static final long T = 1_767_225_600_000L;

    private static TDengineUnderTest server;
    private static TDengineConnection connection;
    private String database;

    @BeforeAll
    static void connect() throws SQLException {
        server = TDengineUnderTest.start();
        connection =
                TDengineConnection.open(
                        TDengineConnectionSettings.builder()
                                .url(server.url())
                                .username(server.username())
                                .password(Secret.of(server.password()))
                                .build());
    }

    @AfterAll
    static void disconnect() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        database = server.freshDatabase("");
    }

    private Map<String, Object> letter(String superTable, String table, Object... row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i += 2) {
            values.put((String) row[i], row[i + 1]);
        }
        Map<String, Object> letter = new LinkedHashMap<>();
        letter.put("origin", "tdengine");
        letter.put("database", database);
        letter.put("super_table", superTable);
        letter.put("table", table);
        letter.put("row", values);
        return letter;
    }

    private List<List<Object>> rows(String sql) {
        return server.rows(sql.replace("FROM ", "FROM " + database + "."));
    }

    private static String write(Map<String, Object> letter) throws Exception {
        RowReplay replay = new RowReplay(connection);
        replay.write(letter);
        return replay.statement(letter);
    }

    @Test
    void writesValuesOfAllKinds() throws Exception {
        server.execute(
                "CREATE TABLE "
                        + database
                        + ".t (ts TIMESTAMP, b BOOL, i INT, u BIGINT UNSIGNED, d DOUBLE, v"
                        + " VARCHAR(40), n NCHAR(40), x VARBINARY(8), t2 TIMESTAMP)");
        Map<String, Object> letter =
                letter(
                        null,
                        "t",
                        "ts",
                        T,
                        "b",
                        true,
                        "i",
                        -5,
                        "u",
                        new BigDecimal("18446744073709551615"),
                        "d",
                        new BigDecimal("1.5"),
                        "v",
                        Map.of("a", List.of(1, "it's")),
                        "n",
                        "'); DROP \\ 日",
                        "x",
                        "AP8=",
                        "t2",
                        "2026-01-01T00:00:01Z");
        letter.put("code", "0x2653");

        write(letter);

        assertThat(rows("SELECT b, i, d, v, n, x, t2 FROM t"))
                .containsExactly(
                        List.of(
                                true,
                                -5,
                                1.5,
                                "{\"a\":[1,\"it's\"]}",
                                "'); DROP \\ 日",
                                "00ff",
                                "2026-01-01T00:00:01.000Z"));
    }

    @Test
    void createsTheSubTableWithItsTags() throws Exception {
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".m (ts TIMESTAMP, v INT) TAGS (g INT, place NCHAR(9))");

        write(letter("m", "d-1", "tbname", null, "TS", T, "v", 1, "place", "x", "g", null));
        write(letter("m", null, "tbname", "d-2", "ts", T, "v", 2, "g", 7));
        // A letter without tags finds its sub-table all the same.
        write(letter("m", "d-1", "ts", T + 1, "v", 3));

        assertThat(rows("SELECT tbname, g, place, v FROM m ORDER BY v"))
                .containsExactly(
                        Arrays.asList("d-1", null, "x", 1),
                        Arrays.asList("d-2", 7, null, 2),
                        Arrays.asList("d-1", null, "x", 3));
    }

    @Test
    void saysWhatALetterLacks() {
        server.execute(
                "CREATE TABLE " + database + ".t (ts TIMESTAMP, n NCHAR(9), x VARBINARY(9))");

        refuses(letter(null, "t", "n", "a"), "The row has no time ('ts')");
        refuses(letter(null, "t", "ts", T, "m", "a"), "has no column or tag 'm'");
        refuses(letter(null, "t", "ts", T, "n", "a\0"), "NUL");
        refuses(letter(null, "t", "ts", T, "x", "AP8="), "'x' takes bytes");
        refuses(letter(null, null, "ts", T), "does not say the row's table");
        refuses(letter(null, "gone", "ts", T), "There is no table '" + database + ".gone'");
        Map<String, Object> cut = letter(null, "t", "ts", T);
        cut.put("shortened", true);
        refuses(cut, "is cut");
        cut.put("shortened", false);
        cut.put("row", "{\"ts");
        refuses(cut, "has no row");
    }

    private static void refuses(Map<String, Object> letter, String reason) {
        assertThatThrownBy(() -> write(letter))
                .isInstanceOf(RowReplay.NotPossibleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tellsWhatTheServerRefuses() {
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, n NCHAR(2))");

        assertThatThrownBy(() -> write(letter(null, "t", "ts", T, "n", "long")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Value too long for column/tag: n");
    }
}
