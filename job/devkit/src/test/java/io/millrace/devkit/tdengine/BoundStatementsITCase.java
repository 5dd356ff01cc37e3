package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.taosdata.jdbc.TaosPrepareStatement;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prepared statements of TDengine's own driver. Passes against a real TDengine too. */
class BoundStatementsITCase {
    private static final long T = 1700000000000L;
    private static final String STABLE =
            "CREATE STABLE m (ts TIMESTAMP, v DOUBLE, s NCHAR(5)) TAGS (g INT, place VARCHAR(8))";
    private static final byte[] POINT =
            HexFormat.of().parseHex("0101000000000000000000f03f0000000000000040");

    private static TDengineUnderTest tdengine;
    private static String database;
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("VGROUPS 1 PRECISION 'us'");
        connection = open();
    }

    private static Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", tdengine.username());
        properties.setProperty("password", tdengine.password());
        properties.setProperty("varcharAsString", "true");
        properties.setProperty("messageWaitTimeout", "10000");
        return DriverManager.getConnection(tdengine.url() + database, properties);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
        tdengine.close();
    }

    @AfterEach
    void dropTables() throws SQLException {
        for (List<Object> row : query("SHOW STABLES")) {
            execute("DROP STABLE `" + row.get(0) + "`");
        }
        for (List<Object> row : query("SHOW TABLES")) {
            execute("DROP TABLE `" + row.get(0) + "`");
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<List<Object>> query(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return rows(result);
        }
    }

    private static List<List<Object>> rows(ResultSet result) throws SQLException {
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

    private static TaosPrepareStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql).unwrap(TaosPrepareStatement.class);
    }

    private static void addRow(PreparedStatement insert, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                insert.setNull(i + 1, Types.NCHAR);
            } else {
                insert.setObject(i + 1, values[i]);
            }
        }
        insert.addBatch();
    }

    private static Timestamp time(int millis) {
        return new Timestamp(T + millis);
    }

    @Test
    void writesRowsIntoATable() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v DOUBLE, s NCHAR(5))");
        try (PreparedStatement insert = prepare("INSERT INTO t (ts, s, v) VALUES (?, ?, ?)")) {
            addRow(insert, time(2), "é日本😀x", 1.5);
            addRow(insert, time(1), null, -2.5);
            assertThat(insert.executeBatch()).hasSize(2);
            addRow(insert, time(3), "", Double.NaN);
            addRow(insert, time(4), "a", 0.0);
            assertThat(insert.executeBatch()).hasSize(2);
        }

        assertThat(query("SELECT * FROM t"))
                .containsExactly(
                        Arrays.asList(time(1), -2.5, null),
                        Arrays.asList(time(2), 1.5, "é日本😀x"),
                        Arrays.asList(time(3), Double.NaN, ""),
                        Arrays.asList(time(4), 0.0, "a"));
    }

    @Test
    void refusesEmptyTextWithNoOtherTextBesideIt() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, s NCHAR(5))");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            addRow(insert, time(1), "");
            addRow(insert, time(2), null);

            assertThatThrownBy(insert::executeBatch)
                    .hasMessageContaining("(0x216):syntax error near 'Unknown error -2147483368'");
        }
    }

    @Test
    void bindsEveryType() throws SQLException {
        execute(
                "CREATE TABLE a (ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT,"
                        + " u1 TINYINT UNSIGNED, u2 SMALLINT UNSIGNED, u4 INT UNSIGNED,"
                        + " u8 BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(9), n NCHAR(9),"
                        + " x VARBINARY(9), g GEOMETRY(64), t2 TIMESTAMP)");
        try (TaosPrepareStatement insert =
                prepare("INSERT INTO a VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            insert.setTimestamp(0, Arrays.asList(T * 1000 + 1, T * 1000 + 2));
            insert.setBoolean(1, Arrays.asList(true, null));
            insert.setByte(2, Arrays.asList((byte) -5, null));
            insert.setShort(3, Arrays.asList((short) -300, null));
            insert.setInt(4, Arrays.asList(-70_000, null));
            insert.setLong(5, Arrays.asList(Long.MIN_VALUE + 1, null));
            insert.setShort(6, Arrays.asList((short) 200, null));
            insert.setInt(7, Arrays.asList(60_000, null));
            insert.setLong(8, Arrays.asList(4_000_000_000L, null));
            insert.setBigInteger(9, Arrays.asList(new BigInteger("18446744073709551615"), null));
            insert.setFloat(10, Arrays.asList(1.25f, null));
            insert.setDouble(11, Arrays.asList(-2.5, null));
            insert.setString(12, Arrays.asList("it's\\x", null), 9);
            insert.setNString(13, Arrays.asList("é\n日", null), 9);
            insert.setVarbinary(14, Arrays.asList(new byte[] {0, 1, -1}, null), 9);
            insert.setGeometry(15, Arrays.asList(POINT, null), 64);
            insert.setTimestamp(16, Arrays.asList(T * 1000 + 77, null));
            insert.columnDataAddBatch();
            insert.columnDataExecuteBatch();
        }

        List<List<Object>> rows = query("SELECT * FROM a");

        assertThat(rows.get(0).subList(1, 14))
                .containsExactly(
                        true,
                        (byte) -5,
                        (short) -300,
                        -70_000,
                        Long.MIN_VALUE + 1,
                        (short) 200,
                        60_000,
                        4_000_000_000L,
                        new BigInteger("18446744073709551615"),
                        1.25f,
                        -2.5,
                        "it's\\x",
                        "é\n日");
        assertThat((byte[]) rows.get(0).get(14)).containsExactly(0, 1, -1);
        assertThat((byte[]) rows.get(0).get(15)).isEqualTo(POINT);
        assertThat(((Timestamp) rows.get(0).get(16)).getNanos()).isEqualTo(77_000);
        assertThat(rows.get(1).subList(1, 17)).containsOnlyNulls();
    }

    @Test
    void createsSubTablesColumnByColumn() throws SQLException {
        execute(STABLE);
        try (TaosPrepareStatement insert =
                prepare("INSERT INTO ? USING m TAGS (?, ?) (ts, v) VALUES (?, ?)")) {
            for (int i = 1; i <= 2; i++) {
                insert.setTableName("d" + i);
                insert.setTagInt(0, i);
                insert.setTagString(1, i == 1 ? "hällo" : "x");
                insert.setTimestamp(0, Arrays.asList(T * 1000 + i, T * 1000 + 9));
                insert.setDouble(1, Arrays.asList(1.0 * i, null));
                insert.columnDataAddBatch();
            }
            insert.columnDataExecuteBatch();
        }

        assertThat(query("SELECT tbname, g, place, v, s FROM m ORDER BY tbname, ts"))
                .containsExactly(
                        Arrays.asList("d1", 1, "hällo", 1.0, null),
                        Arrays.asList("d1", 1, "hällo", null, null),
                        Arrays.asList("d2", 2, "x", 2.0, null),
                        Arrays.asList("d2", 2, "x", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'INSERT INTO ? USING m TAGS (?, ?) VALUES (?, ?, ?)', '0,1,2,3,4,5'",
        "'INSERT INTO ? USING m (place, g) TAGS (?, ?) (s, ts, v) VALUES (?, ?, ?)', '0,2,1,5,3,4'",
        "'INSERT INTO m (tbname, ts, v, s, g, place) VALUES (?, ?, ?, ?, ?, ?)', '0,3,4,5,1,2'",
        "'INSERT INTO m (ts, place, tbname, s, v, g) VALUES (?, ?, ?, ?, ?, ?)', '3,2,0,5,4,1'"
    })
    void writesManySubTablesInOneBatch(String sql, String order) throws SQLException {
        execute(STABLE);
        int[] places = Arrays.stream(order.split(",")).mapToInt(Integer::parseInt).toArray();
        try (PreparedStatement insert = prepare(sql)) {
            for (int i = 0; i < 40; i++) {
                // The driver reads the precision of times from the first parameter only.
                Object[] row = {"d" + i % 10, i % 10, "p", null, 1.0 * i, "s" + i};
                row[3] = (T + i) * 1000;
                addRow(insert, Arrays.stream(places).mapToObj(place -> row[place]).toArray());
            }
            assertThat(insert.executeBatch()).hasSize(40);
        }

        assertThat(query("SELECT COUNT(*), SUM(v), SUM(g) FROM m"))
                .containsExactly(List.of(40L, 780.0, 180L));
        assertThat(query("SELECT s, place FROM m WHERE tbname = 'd3'"))
                .containsExactly(
                        List.of("s3", "p"),
                        List.of("s13", "p"),
                        List.of("s23", "p"),
                        List.of("s33", "p"));
    }

    @Test
    void keepsTheTagsOfASubTableThatIsThere() throws SQLException {
        execute(STABLE, "CREATE TABLE d USING m TAGS (1, 'old')");
        try (PreparedStatement insert =
                prepare("INSERT INTO ? USING m TAGS (?, ?) VALUES (?, ?, ?)")) {
            addRow(insert, "d", 2, "new", T * 1000, 1.0, "s");
            insert.executeBatch();
        }

        assertThat(query("SELECT g, place FROM m")).containsExactly(List.of(1, "old"));
    }

    @Test
    void takesTheLastOfRowsWithOneTimeWhole() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v DOUBLE, s NCHAR(5))");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?, ?)")) {
            addRow(insert, time(1), 1.0, "a");
            addRow(insert, time(1), 2.0, null);
            addRow(insert, time(0), 3.0, "c");
            assertThat(insert.executeBatch()).hasSize(2);
        }

        assertThat(query("SELECT v, s FROM t"))
                .containsExactly(Arrays.asList(3.0, "c"), Arrays.asList(2.0, null));
    }

    @Test
    void leavesColumnsAloneThatAreNotBound() throws SQLException {
        execute(
                "CREATE TABLE t (ts TIMESTAMP, v DOUBLE, s NCHAR(5))",
                "INSERT INTO t VALUES (" + T * 1000 + ", 1, 'a')");
        try (PreparedStatement insert = prepare("INSERT INTO t (ts, v) VALUES (?, ?)")) {
            addRow(insert, time(0), 2.0);
            insert.executeBatch();
        }

        assertThat(query("SELECT v, s FROM t")).containsExactly(List.of(2.0, "a"));
    }

    @Test
    void storesHostileTextAsItIs() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, s NCHAR(40))");
        String text = "a'); DROP DATABASE x; -- \\ \" ? ` \n";
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            addRow(insert, time(0), text);
            insert.executeBatch();
        }

        assertThat(query("SELECT s FROM t")).containsExactly(List.of(text));
    }

    @Test
    void readsNamesInBackTicksAndAllButTheFirstLikeSql() throws SQLException {
        execute(STABLE);
        try (PreparedStatement insert =
                prepare("INSERT INTO ? USING m TAGS (?, ?) VALUES (?, ?, ?)")) {
            for (String name : List.of("a-1", "a-2", "`a-3`", "`9 é/x`", "`A`")) {
                addRow(insert, name, 1, "p", T * 1000, 1.0, "s");
                insert.executeBatch();
            }
        }

        assertThat(query("SELECT tbname FROM m").stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrder("a-1", "a", "a-3", "9 é/x", "A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO nope VALUES (?)|(0x2603):Table does not exist",
                "INSERT INTO nodb.t VALUES (?)|(0x388):Database not exist",
                "INSERT INTO t VALUES (?)|(0x216):syntax error near ')' (, expected)",
                "INSERT INTO t VALUES (?,?,?)|(0x263f):Illegal number of columns",
                "INSERT INTO t (ts, x) VALUES (?,?)|(0x2602):Invalid column name: x",
                "INSERT INTO t (v) VALUES (?)|(0x200):Primary timestamp column should not be null",
                "INSERT INTO t VALUES (now,?)|(0x200):stmt bind param does not support normal value"
                        + " in sql",
                "INSERT INTO m (ts, v) VALUES (?,?)|(0x200):tbname column should not be null",
                "INSERT INTO ? VALUES (?,?)|(0x22b):Stmt table name not set",
                "INSERT INTO ? USING m TAGS (?) VALUES (?,?,?)|(0x200):no mix usage for ? and tag"
                        + " values",
                "INSERT INTO ? USING m TAGS (?,?,?) VALUES (?,?,?)|(0x260d):Tags number not"
                        + " matched",
                "INSERTT INTO t VALUES (?)|(0x2600):syntax error near"
            })
    void refusesToPrepare(String sql, String message) throws SQLException {
        execute(STABLE, "CREATE TABLE t (ts TIMESTAMP, v INT)");

        assertThatThrownBy(() -> prepare(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|a|abcdef|(0x2653):Value too long for column/tag: s",
                "1|abcdefghi|a|(0x200):tag length is too big",
                "-1600000000000000|a|a|(0x60b):success",
                "5|a|a|(0x60b):success"
            })
    void refusesValues(long micros, String tag, String text, String message) throws SQLException {
        execute(STABLE);
        try (PreparedStatement insert =
                prepare("INSERT INTO ? USING m TAGS (?, ?) VALUES (?, ?, ?)")) {
            addRow(insert, "good", 1, "a", T * 1000, 1.0, "a");
            addRow(insert, "bad", 1, tag, micros == 1 ? T * 1000 : micros, 1.0, text);

            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(message)
                    .extracting(error -> ((SQLException) error).getErrorCode())
                    .isEqualTo(0);
        }

        assertThat(query("SELECT COUNT(*) FROM m")).containsExactly(List.of(0L));
    }

    @Test
    void refusesRowsWithoutATime() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            insert.setNull(1, Types.TIMESTAMP);
            insert.setInt(2, 1);
            insert.addBatch();

            assertThatThrownBy(insert::executeBatch)
                    .hasMessageContaining("(0x118):Invalid parameters");
        }
    }

    @Test
    void repeatsItsRefusalUntilTheStatementIsPreparedAnew() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, s NCHAR(3))");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            addRow(insert, time(0), "long");
            assertThatThrownBy(insert::executeBatch).hasMessageContaining("0x2653");
            addRow(insert, time(0), "ok");
            assertThatThrownBy(insert::executeBatch).hasMessageContaining("0x2653");
        }
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            addRow(insert, time(0), "ok");
            insert.executeBatch();
        }

        assertThat(query("SELECT s FROM t")).containsExactly(List.of("ok"));
    }

    @Test
    void refusesRowsOfATableThatWasDropped() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            execute("DROP TABLE t");
            addRow(insert, time(0), 1);

            assertThatThrownBy(insert::executeBatch).hasMessageContaining("(0x2603):success");
        }
    }

    @Test
    void refusesRowsOfATableThatWasAltered() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        try (PreparedStatement insert = prepare("INSERT INTO t VALUES (?, ?)")) {
            execute("ALTER TABLE t ADD COLUMN w INT");
            addRow(insert, time(0), 1);

            assertThatThrownBy(insert::executeBatch).hasMessageContaining("(0x216):success");
        }
    }

    @Test
    void writesIntoAlteredSuperTablesAndDroppedSubTables() throws SQLException {
        execute(STABLE);
        try (PreparedStatement insert =
                prepare("INSERT INTO ? USING m TAGS (?, ?) VALUES (?, ?, ?)")) {
            addRow(insert, "d", 1, "p", T * 1000, 1.0, "a");
            insert.executeBatch();
            execute("ALTER STABLE m ADD COLUMN w INT", "DROP TABLE d");
            addRow(insert, "d", 2, "p", T * 1000 + 1, 2.0, "b");
            insert.executeBatch();
        }

        assertThat(query("SELECT g, v, w FROM m")).containsExactly(Arrays.asList(2, 2.0, null));
    }

    @Test
    void answersQueriesWithParameters() throws SQLException {
        execute(
                "CREATE TABLE t (ts TIMESTAMP, v DOUBLE, s NCHAR(9))",
                "INSERT INTO t VALUES (%d, 1, 'a') (%d, 2, 'it''s') (%d, 3, 'c')"
                        .formatted(T * 1000, (T + 1) * 1000, (T + 2) * 1000));
        try (PreparedStatement select =
                prepare("SELECT v FROM t WHERE ts > ? AND v < ? ORDER BY ts")) {
            select.setLong(1, T * 1000); // the driver would make milliseconds of a Timestamp
            select.setDouble(2, 2.5);
            try (ResultSet result = select.executeQuery()) {
                assertThat(rows(result)).containsExactly(List.of(2.0));
            }
        }
        try (PreparedStatement select = prepare("SELECT v FROM t WHERE s = ? OR v = ?")) {
            for (int i = 1; i <= 2; i++) {
                select.setString(1, i == 1 ? "it's" : "c' OR '1'='1");
                select.setInt(2, i);
                try (ResultSet result = select.executeQuery()) {
                    assertThat(rows(result))
                            .isEqualTo(
                                    i == 1
                                            ? List.of(List.of(1.0), List.of(2.0))
                                            : List.of(List.of(2.0)));
                }
            }
        }
    }

    @Test
    void refusesQueriesOfMissingTables() throws SQLException {
        try (PreparedStatement select = prepare("SELECT v FROM nope WHERE v = ?")) {
            select.setInt(1, 1);

            assertThatThrownBy(select::executeQuery)
                    .hasMessageContaining(
                            "(0x2603):Fail to get table info, error: Table does not exist");
        }
    }
}
