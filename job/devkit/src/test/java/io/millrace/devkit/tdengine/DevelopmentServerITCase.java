package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What TDengine's own driver sees. Passes against a real TDengine too. */
class DevelopmentServerITCase {
    private static final long T = 1700000000000L;

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
            execute("DROP STABLE `" + row.get(0) + "`");
        }
        for (List<Object> row : query("SHOW TABLES")) {
            execute("DROP TABLE `" + row.get(0) + "`");
        }
        statement.close();
    }

    private void execute(String... statements) throws SQLException {
        for (String sql : statements) {
            statement.execute(sql);
        }
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

    private Object value(String sql) throws SQLException {
        return query(sql).get(0).get(0);
    }

    private static Timestamp at(long offset) {
        return new Timestamp(T + offset);
    }

    @Test
    void writesAndReadsEveryType() throws SQLException {
        execute(
                "CREATE STABLE types (ts TIMESTAMP, b BOOL, ti TINYINT, si SMALLINT, i INT, bi"
                        + " BIGINT, uti TINYINT UNSIGNED, usi SMALLINT UNSIGNED, ui INT UNSIGNED,"
                        + " ubi BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(20), n NCHAR(20), at"
                        + " TIMESTAMP, vb VARBINARY(4)) TAGS (place NCHAR(10), floor INT)");
        int written =
                statement.executeUpdate(
                        "INSERT INTO e1 USING types TAGS ('hall é', 3) VALUES (1700000000123, true,"
                                + " -128, -32768, -2147483648, -9223372036854775807, 255, 65535,"
                                + " 4294967295, 18446744073709551615, 1.5, -2.25e10, 'a''b\\\\c',"
                                + " '日本😀', '2024-01-01T00:00:00.5Z', '\\x00ff')"
                                + " (1700000000124, null, null, null, null, null, null, null, null,"
                                + " null, null, null, null, null, null, null)");
        assertThat(written).isEqualTo(2);
        List<List<Object>> rows = query("SELECT * FROM types ORDER BY ts");
        assertThat((byte[]) rows.get(0).set(15, null)).containsExactly(0, 0xff);
        assertThat(rows)
                .containsExactly(
                        Arrays.asList(
                                at(123),
                                true,
                                (byte) -128,
                                (short) -32768,
                                -2147483648,
                                -9223372036854775807L,
                                (short) 255,
                                65535,
                                4294967295L,
                                new BigInteger("18446744073709551615"),
                                1.5f,
                                -2.25e10,
                                "a'b\\c",
                                "日本😀",
                                new Timestamp(1704067200500L),
                                null,
                                "hall é",
                                3),
                        Arrays.asList(
                                at(124), null, null, null, null, null, null, null, null, null, null,
                                null, null, null, null, null, "hall é", 3));
    }

    @Test
    void keepsNanoseconds() throws SQLException {
        String nanoseconds = tdengine.freshDatabase("PRECISION 'ns' VGROUPS 1");
        execute("CREATE TABLE " + nanoseconds + ".t (ts TIMESTAMP, v INT)");
        execute("INSERT INTO " + nanoseconds + ".t VALUES (1700000000000000001, 1)");
        assertThat(value("SELECT CAST(ts AS BIGINT) FROM " + nanoseconds + ".t"))
                .isEqualTo(1700000000000000001L);
        try (ResultSet rows = statement.executeQuery("SELECT ts FROM " + nanoseconds + ".t")) {
            rows.next();
            assertThat(rows.getTimestamp(1).getNanos()).isEqualTo(1);
        }
        assertThat(tdengine.rows("SELECT ts FROM " + nanoseconds + ".t"))
                .containsExactly(List.of("2023-11-14T22:13:20.000000001Z"));
        assertThat(
                        value(
                                "SELECT v FROM "
                                        + nanoseconds
                                        + ".t WHERE ts = 1700000000000000001 AND ts > 1700000000000000000"))
                .isEqualTo(1);
    }

    @Test
    void insertsIntoManyTablesAtOnceAndCreatesThem() throws SQLException {
        execute(
                "CREATE STABLE m (ts TIMESTAMP, v INT, w INT) TAGS (g INT, h NCHAR(5))",
                "CREATE TABLE d1 USING m TAGS (1, 'a')");
        int rows =
                statement.executeUpdate(
                        "INSERT INTO d1 USING m TAGS (1, 'a') VALUES (1700000000000, 1, 1)"
                                + " (1700000000001, 2, 2) d2 USING m (h) TAGS ('b') (ts, w) VALUES"
                                + " (1700000000000, 3), (1700000000001, 4)"
                                + " D1 (ts, v) VALUES (1700000000002, 5)");
        assertThat(rows).isEqualTo(5);
        assertThat(query("SELECT tbname, ts, v, w, g, h FROM m ORDER BY tbname, ts"))
                .containsExactly(
                        Arrays.asList("d1", at(0), 1, 1, 1, "a"),
                        Arrays.asList("d1", at(1), 2, 2, 1, "a"),
                        Arrays.asList("d1", at(2), 5, null, 1, "a"),
                        Arrays.asList("d2", at(0), null, 3, null, "b"),
                        Arrays.asList("d2", at(1), null, 4, null, "b"));
    }

    @Test
    void takesTableNamesFromRowsAsTheyAre() throws SQLException {
        execute("CREATE STABLE m (ts TIMESTAMP, v INT) TAGS (g INT)");
        int rows =
                statement.executeUpdate(
                        "INSERT INTO m (tbname, ts, v, g) VALUES ('D/1', 1700000000000, 1, 7)"
                                + " ('D/1', 1700000000001, 2, 8) ('d/1', 1700000000000, 3, 9)");
        assertThat(rows).isEqualTo(3);
        assertThat(query("SELECT tbname, g, COUNT(*) FROM m GROUP BY tbname, g ORDER BY tbname"))
                .containsExactly(List.of("D/1", 7, 2L), List.of("d/1", 9, 1L));
    }

    @Test
    void ignoresTagsOfASubTableThatIsThere() throws SQLException {
        execute(
                "CREATE STABLE m (ts TIMESTAMP, v INT) TAGS (g INT)",
                "INSERT INTO d1 USING m TAGS (1) VALUES (1700000000000, 1)",
                "INSERT INTO d1 USING m TAGS (2) VALUES (1700000000001, 2)");
        assertThat(query("SELECT DISTINCT tbname, g FROM m")).containsExactly(List.of("d1", 1));
    }

    @Test
    void mergesEqualTimesOfOneStatementColumnByColumn() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, a INT, b INT)");
        int rows =
                statement.executeUpdate(
                        "INSERT INTO t VALUES (1700000000000, 1, 1) (1700000000000, 2, NULL)"
                                + " (1700000000001, 3, 3)");
        assertThat(rows).isEqualTo(2);
        assertThat(query("SELECT a, b FROM t")).containsExactly(List.of(2, 1), List.of(3, 3));
    }

    @Test
    void laterInsertsReplaceTheColumnsTheyName() throws SQLException {
        execute(
                "CREATE TABLE t (ts TIMESTAMP, a INT, b INT)",
                "INSERT INTO t VALUES (1700000000000, 1, 1) (1700000000001, 2, 2)",
                "INSERT INTO t (ts, a) VALUES (1700000000000, 9)",
                "INSERT INTO t VALUES (1700000000001, NULL, 8)",
                "INSERT INTO t (ts, b) VALUES (1699999999999, 7)");
        assertThat(query("SELECT ts, a, b FROM t"))
                .containsExactly(
                        Arrays.asList(at(-1), null, 7),
                        Arrays.asList(at(0), 9, 1),
                        Arrays.asList(at(1), null, 8));
    }

    @Test
    void writesAllOrNothing() throws SQLException {
        execute("CREATE STABLE m (ts TIMESTAMP, n NCHAR(2)) TAGS (g INT)");
        for (String bad :
                List.of(
                        "(1700000000001, 'abc')",
                        "(0, 'a')",
                        "(1700000000001, 'a') nope VALUES (now, 1)")) {
            assertThatThrownBy(
                            () ->
                                    execute(
                                            "INSERT INTO d1 USING m TAGS (1) VALUES (1700000000000,"
                                                    + " 'a') "
                                                    + bad))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(value("SELECT COUNT(*) FROM m")).isEqualTo(0L);
    }

    @Test
    void resolvesEscapesInText() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, s VARCHAR(60))");
        execute(
                "INSERT INTO t VALUES (1700000000000, 'it''s') (1700000000001, 'it\\'s')"
                        + " (1700000000002, 'a\\\\b') (1700000000003, 'a\\nb\\tc\\rd\\\"e')"
                        + " (1700000000004, 'a\\b\\0\\%\\_\\x') (1700000000005, \"q 'x'\")"
                        + " (1700000000006, 'a;b--c?`d\n\t') (1700000000007, '')");
        assertThat(query("SELECT s FROM t"))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "it's",
                        "it's",
                        "a\\b",
                        "a\nb\tc\rd\"e",
                        "ab0\\%\\_\\x",
                        "q 'x'",
                        "a;b--c?`d\n\t",
                        "");
    }

    @Test
    void readsLiteralsAsGenerouslyAsTDengine() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, i INT, b BOOL, f FLOAT, s VARCHAR(8))");
        execute(
                "INSERT INTO t VALUES (1700000000000, 1.5, 2, '1.5', 1.50)"
                        + " (1700000000001, -1.5, 'true', +1, true)"
                        + " (1700000000002, '12', 0, -0.5, NULL)"
                        + " (1700000000003, 'null', FALSE, 1e3, 'NULL')");
        assertThat(query("SELECT i, b, f, s FROM t"))
                .containsExactly(
                        List.of(2, true, 1.5f, "1.50"),
                        List.of(-2, true, 1f, "true"),
                        Arrays.asList(12, false, -0.5f, null),
                        Arrays.asList(null, false, 1000f, "NULL"));
    }

    @Test
    void countsCharactersOfNcharAndBytesOfVarchar() throws SQLException {
        execute("CREATE STABLE s (ts TIMESTAMP, n NCHAR(3), v VARCHAR(6)) TAGS (g NCHAR(2))");
        execute("INSERT INTO c USING s TAGS ('😀日') VALUES (now, '😀日é', 'ééé')");
        assertThat(query("SELECT n, v, g FROM s")).containsExactly(List.of("😀日é", "ééé", "😀日"));
    }

    @Test
    void readsTimesOfAllKinds() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        int rows =
                statement.executeUpdate(
                        "INSERT INTO t VALUES ('2024-01-01T00:00:00Z', 1)"
                                + " ('2024-01-01T00:00:00.5+08:00', 2) ('1700000000000', 3) (now, 4)"
                                + " (now + 1s, 5) (NOW() - 1d, 6)");
        assertThat(rows).isEqualTo(6);
        assertThat(query("SELECT ts FROM t WHERE v < 4 ORDER BY v"))
                .containsExactly(
                        List.of(new Timestamp(1704067200000L)),
                        List.of(new Timestamp(1704038400500L)),
                        List.of(at(0)));
        assertThat(value("SELECT COUNT(*) FROM t WHERE ts > NOW() - 1h AND ts < NOW() + 1m"))
                .isEqualTo(2L);
        assertThat(value("SELECT COUNT(*) FROM t WHERE ts >= '2024-01-01T00:00:00Z'"))
                .isEqualTo(4L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            INSERT INTO nope VALUES (now, 1)                 | 2603 | Table does not exist
            SELECT * FROM nope                               | 2603 | Fail to get table info, error: Table does not exist
            INSERT INTO nodb.t VALUES (now, 1)               | 388  | Database not exist
            USE nodb                                         | 388  | Database not exist
            INSERT INTO t (ts, i) VALUES (now)               | 216  | syntax error near ')' (, expected)
            INSERT INTO t (ts, i) VALUES (now, 1, 2)         | 263f | Illegal number of columns
            INSERT INTO t (ts, nocol) VALUES (now, 1)        | 2602 | Invalid column name: nocol
            SELECT nocol FROM t                              | 2602 | Invalid column name: nocol
            INSERT INTO t (i) VALUES (1)                     | 200  | Primary timestamp column should not be null
            INSERT INTO t (ts, i) VALUES (null, 1)           | 216  | (Primary timestamp column should not be null)
            INSERT INTO t (ts, i) VALUES ('notatime', 1)     | 216  | syntax error near 'notatime' (invalid timestamp)
            INSERT INTO t (ts, n) VALUES (now, '日本語日')    | 2653 | Value too long for column/tag: n
            INSERT INTO t (ts, v) VALUES (now, 'éé')         | 2653 | Value too long for column/tag: v
            INSERT INTO t (ts, i) VALUES (0, 1)              | 60b  | Timestamp data out of range
            INSERT INTO t (ts, i) VALUES (1700000000, 1)     | 60b  | Timestamp data out of range
            INSERT INTO t (ts, i) VALUES (-5, 1)             | 60b  | Timestamp data out of range
            INSERTT INTO t VALUES (now, 1)                   | 2600 | syntax error near "insertt into t values (now, 1)"
            INSERT INTO t (ts, f) VALUES (now, 'abc')        | 216  | syntax error near 'abc' (illegal float data)
            INSERT INTO t (ts, f) VALUES (now, 1e39)         | 216  | (illegal float data)
            INSERT INTO t (ts, f) VALUES (now, NaN)          | 216  | (invalid data or symbol)
            INSERT INTO t (ts, f) VALUES (now, 'inf')        | 216  | (illegal float data)
            INSERT INTO t (ts, ti) VALUES (now, 128)         | 216  | (tinyint data overflow)
            INSERT INTO t (ts, i) VALUES (now, 2147483648)   | 216  | (int data overflow)
            INSERT INTO t (ts, i) VALUES (now, true)         | 216  | (invalid int data)
            INSERT INTO t (ts, bi) VALUES (now, 9223372036854775808) | 216 | (invalid bigint data)
            INSERT INTO t (ts, b) VALUES (now, 'yes')        | 216  | (invalid bool data)
            INSERT INTO t (ts, v) VALUES (now, 'ab\\')       | 216  | (invalid data or symbol)
            INSERT INTO st VALUES (now, 1)                   | 216  | bounded cols is expected for supertable insertion
            INSERT INTO d USING st TAGS (1) VALUES (now, 1) | 216 | (invalid data or symbol)
            INSERT INTO d USING st TAGS (1, 'x', 2) VALUES (now, 1) | 260d | Tags number not matched
            INSERT INTO d USING st TAGS (1, 'xyz') VALUES (now, 1) | 2653 | Value too long for column/tag: h
            INSERT INTO d USING nost TAGS (1) VALUES (now, 1) | 2603 | Table does not exist
            INSERT INTO `a.b` USING st TAGS (1, 'x') VALUES (now, 1) | 2617 | The table name cannot contain '.'
            INSERT INTO `` USING st TAGS (1, 'x') VALUES (now, 1) | 2617 | Invalid identifier name: invalid table name
            CREATE TABLE t (ts TIMESTAMP, i INT)             | 603  | Table already exists
            CREATE STABLE st (ts TIMESTAMP, i INT) TAGS (g INT) | 360 | STable already exists
            CREATE TABLE u (i INT, ts TIMESTAMP)             | 2641 | First column must be timestamp
            CREATE TABLE u (ts TIMESTAMP, v VARCHAR(65518))  | 2642 | Invalid column length for var length type
            CREATE DATABASE u KEEP 1                         | 2619 | Invalid duration value
            DROP TABLE nope                                  | 2603 | Table does not exist
            DELETE FROM t WHERE i = 1                        | 2655 | definite time window range
            ALTER TABLE t MODIFY COLUMN v VARCHAR(2)         | 264b | can only be increased
            SELECT * FROM t WHERE ts > 'foo'                 | 127  | Invalid timestamp format
            SELECT i, COUNT(*) FROM t                        | 260c | Not a single-group group function
            """)
    void refusesInTDenginesWords(String sql, String code, String text) throws SQLException {
        execute(
                "CREATE TABLE t (ts TIMESTAMP, i INT, f FLOAT, ti TINYINT, bi BIGINT, b BOOL, n"
                        + " NCHAR(3), v VARCHAR(3))",
                "CREATE STABLE st (ts TIMESTAMP, i INT) TAGS (g INT, h NCHAR(2))");
        assertThatThrownBy(() -> execute(sql.replace("\\\\", "\\")))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> {
                            assertThat(e.getMessage()).contains(text);
                            assertThat(e.getErrorCode()).isEqualTo(Integer.parseInt(code, 16));
                        });
    }

    @Test
    void refusesNulCharactersAndStatementsOverAMebibyte() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v VARCHAR(3))");
        assertThatThrownBy(() -> execute("INSERT INTO t VALUES (now, 'a\0b')"))
                .hasMessageContaining("0x216");
        assertThatThrownBy(() -> execute("INSERT INTO t VALUES " + "(now, 'a')".repeat(110_000)))
                .hasMessageContaining("0x219")
                .hasMessageContaining("SQL statement too long");
    }

    @Test
    void answersWhatPeopleAsk() throws SQLException {
        execute("CREATE STABLE m (ts TIMESTAMP, v DOUBLE, s VARCHAR(8)) TAGS (g INT)");
        execute(
                "INSERT INTO d1 USING m TAGS (1) VALUES (1700000000000, 1, 'a') (1700000010000, 2,"
                        + " 'b') (1700000020000, NULL, 'c') d2 USING m TAGS (2) VALUES"
                        + " (1700000005000, 10, NULL)");
        assertThat(query("SELECT COUNT(*), COUNT(v), SUM(v), MIN(v), MAX(v), AVG(v) FROM m"))
                .containsExactly(List.of(4L, 3L, 13.0, 1.0, 10.0, 13.0 / 3));
        assertThat(query("SELECT FIRST(v), LAST(v), LAST_ROW(ts) FROM d1"))
                .containsExactly(List.of(1.0, 2.0, at(20_000)));
        assertThat(query("SELECT LAST_ROW(v) FROM d1"))
                .containsExactly(Arrays.asList((Object) null));
        assertThat(query("SELECT tbname, g, LAST(v) FROM m PARTITION BY tbname ORDER BY tbname"))
                .containsExactly(List.of("d1", 1, 2.0), List.of("d2", 2, 10.0));
        assertThat(query("SELECT g, COUNT(*) c FROM m GROUP BY g HAVING COUNT(*) > 1"))
                .containsExactly(List.of(1, 3L));
        assertThat(query("SELECT _wstart, COUNT(*) FROM m INTERVAL(10s)"))
                .containsExactly(
                        List.of(at(0), 2L), List.of(at(10_000), 1L), List.of(at(20_000), 1L));
        assertThat(
                        query(
                                "SELECT v * 2 AS twice FROM m WHERE s LIKE 'a%' OR s IN ('b') ORDER BY ts DESC"))
                .containsExactly(List.of(4.0), List.of(2.0));
        assertThat(query("SELECT v FROM m WHERE tbname = 'd1' ORDER BY ts LIMIT 1 OFFSET 1"))
                .containsExactly(List.of(2.0));
        assertThat(query("SELECT COUNT(*) FROM (SELECT v FROM m WHERE v IS NOT NULL)"))
                .containsExactly(List.of(3L));
        assertThat(query("SELECT AVG(v) FROM m WHERE v > 1000")).isEmpty();
        assertThat(query("SELECT COUNT(*) FROM m WHERE v > 1000")).containsExactly(List.of(0L));
        assertThat(query("SELECT 1 + 1 AS two")).containsExactly(List.of(2.0));
    }

    @Test
    void namesColumnsLikeTDengine() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, Temp DOUBLE, `Hum` INT)");
        execute("INSERT INTO t VALUES (now, 1, 2)");
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT COUNT(*), AVG(Temp), LAST(`Hum`), MAX(temp) AS `Max` FROM t")) {
            assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("count(*)");
            assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("avg(temp)");
            assertThat(rows.getMetaData().getColumnName(3)).isEqualTo("last(`Hum`)");
            assertThat(rows.getMetaData().getColumnName(4)).isEqualTo("Max");
        }
    }

    @Test
    void describesAndListsTables() throws SQLException {
        execute(
                "CREATE STABLE s (ts TIMESTAMP, v DOUBLE, n NCHAR(8)) TAGS (c VARCHAR(16))",
                "CREATE TABLE c1 USING s TAGS ('x') c2 USING s (c) TAGS (NULL)",
                "CREATE TABLE t (ts TIMESTAMP, k INT PRIMARY KEY, v INT)");
        assertThat(query("DESCRIBE s").stream().map(row -> row.subList(0, 4)))
                .containsExactly(
                        List.of("ts", "TIMESTAMP", 8, ""),
                        List.of("v", "DOUBLE", 8, ""),
                        List.of("n", "NCHAR", 8, ""),
                        List.of("c", "VARCHAR", 16, "TAG"));
        assertThat(query("DESCRIBE t").stream().map(row -> row.get(3)))
                .containsExactly("", "PRIMARY KEY", "");
        assertThat(query("SHOW STABLES")).containsExactly(List.of("s"));
        assertThat(query("SHOW TABLES"))
                .containsExactlyInAnyOrder(List.of("c1"), List.of("c2"), List.of("t"));
        assertThat(query("SHOW TABLES LIKE 'c_'"))
                .containsExactlyInAnyOrder(List.of("c1"), List.of("c2"));
        assertThat(query("SHOW TAGS FROM c1"))
                .containsExactly(List.of("c1", database, "s", "c", "VARCHAR(16)", "x"));
        assertThat(query("SHOW DATABASES")).contains(List.of(database));
        assertThat(query("SHOW CREATE TABLE c1").get(0))
                .containsExactly("c1", "CREATE TABLE `c1` USING `s` (`c`) TAGS (\"x\")");
        assertThat(
                        query(
                                "SELECT stable_name, `columns`, `tags` FROM"
                                        + " information_schema.ins_stables WHERE db_name = '"
                                        + database
                                        + "'"))
                .containsExactly(List.of("s", 3, 1));
        assertThat(
                        query(
                                "SELECT table_name, type FROM information_schema.ins_tables WHERE"
                                        + " db_name = '"
                                        + database
                                        + "' ORDER BY table_name"))
                .containsExactly(
                        List.of("c1", "CHILD_TABLE"),
                        List.of("c2", "CHILD_TABLE"),
                        List.of("t", "NORMAL_TABLE"));
        assertThat(
                        query(
                                "SELECT `precision`, `keep` FROM information_schema.ins_databases"
                                        + " WHERE name = '"
                                        + database
                                        + "'"))
                .containsExactly(List.of("ms", "3650d,3650d,3650d"));
        assertThat(value("SHOW CLUSTER ALIVE")).isEqualTo(1);
        assertThat(value("SHOW " + database + ".ALIVE")).isEqualTo(1);
    }

    @Test
    void altersTables() throws SQLException {
        execute(
                "CREATE STABLE s (ts TIMESTAMP, v INT) TAGS (g INT)",
                "INSERT INTO c1 USING s TAGS (1) VALUES (1700000000000, 1)",
                "ALTER STABLE s ADD COLUMN w VARCHAR(2)",
                "ALTER STABLE s MODIFY COLUMN w VARCHAR(4)",
                "ALTER STABLE s ADD TAG h INT",
                "ALTER TABLE c1 SET TAG h = 5",
                "INSERT INTO c1 VALUES (1700000000001, 2, 'abcd')",
                "ALTER STABLE s DROP COLUMN v");
        assertThat(query("SELECT * FROM s ORDER BY ts"))
                .containsExactly(
                        Arrays.asList(at(0), null, 1, 5), Arrays.asList(at(1), "abcd", 1, 5));
    }

    @Test
    void deletesByTimeAndTag() throws SQLException {
        execute("CREATE STABLE s (ts TIMESTAMP, v INT) TAGS (g INT)");
        execute(
                "INSERT INTO c1 USING s TAGS (1) VALUES (1700000000000, 1) (1700000000001, 2)"
                        + " c2 USING s TAGS (2) VALUES (1700000000000, 3) (1700000000001, 4)");
        assertThat(statement.executeUpdate("DELETE FROM c1 WHERE ts = 1700000000000")).isOne();
        assertThat(statement.executeUpdate("DELETE FROM s WHERE g = 2 AND ts > 1700000000000"))
                .isOne();
        assertThat(query("SELECT v FROM s ORDER BY v")).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void readsManyBlocks() throws SQLException {
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        for (int start = 0; start < 20_000; start += 10_000) {
            StringBuilder insert = new StringBuilder("INSERT INTO t VALUES");
            for (int i = start; i < start + 10_000; i++) {
                insert.append(" (").append(T + i).append(", ").append(i).append(')');
            }
            assertThat(statement.executeUpdate(insert.toString())).isEqualTo(10_000);
        }
        List<List<Object>> rows = query("SELECT ts, v FROM t");
        assertThat(rows).hasSize(20_000);
        assertThat(rows.get(19_999)).containsExactly(at(19_999), 19_999);
    }

    @Test
    void changesTheDatabaseOfASession() throws SQLException {
        String other = tdengine.freshDatabase("VGROUPS 1");
        execute("CREATE TABLE t (ts TIMESTAMP, v INT)");
        try (Connection second = connect("");
                Statement use = second.createStatement()) {
            assertThatThrownBy(() -> use.execute("INSERT INTO t VALUES (now, 1)"))
                    .hasMessageContaining("0x200")
                    .hasMessageContaining("db is not specified");
            use.execute("USE " + other);
            use.execute("CREATE TABLE u (ts TIMESTAMP, v INT)");
            assertThat(tdengine.rows("SHOW " + other + ".TABLES")).containsExactly(List.of("u"));
        }
    }

    @Test
    void metadataOfTheDriverWorks() throws SQLException {
        execute("CREATE STABLE s (ts TIMESTAMP, v DOUBLE) TAGS (g INT)");
        DatabaseMetaData metaData = connection.getMetaData();
        assertThat(metaData.getDatabaseProductVersion()).startsWith("3.");
        try (ResultSet columns = metaData.getColumns(database, null, "s", null)) {
            List<String> names = new ArrayList<>();
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME"));
            }
            assertThat(names).contains("ts", "v");
        }
    }

    @Test
    void isValidAsksTheCluster() throws SQLException {
        assertThat(connection.isValid(5)).isTrue();
    }

    @Test
    void refusesAWrongPasswordAndAMissingDatabase() {
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        tdengine.url(), tdengine.username(), "wrong"))
                .hasMessageContaining("(0x357)")
                .hasMessageContaining("Authentication failure");
        assertThatThrownBy(() -> connect("nodb"))
                .hasMessageContaining("(0x388)")
                .hasMessageContaining("Database not exist");
    }
}
