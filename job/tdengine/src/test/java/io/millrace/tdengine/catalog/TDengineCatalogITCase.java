package io.millrace.tdengine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The catalog as a SQL session sees it. */
class TDengineCatalogITCase {
    private static TDengineUnderTest tdengine;
    private static String database;
    private static String fine;

    private final TableEnvironment session =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeAll
    static void createTables() {
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("");
        fine = tdengine.freshDatabase("PRECISION 'ns'");
        tdengine.execute(
                "CREATE TABLE "
                        + database
                        + ".temp_hum (ts TIMESTAMP, temp FLOAT, hum DOUBLE, clientid NCHAR(64))",
                "CREATE TABLE "
                        + database
                        + ".kinds (ts TIMESTAMP, a BOOL, b TINYINT, c SMALLINT, d INT, e BIGINT, f"
                        + " TINYINT UNSIGNED, g SMALLINT UNSIGNED, h INT UNSIGNED, i BIGINT"
                        + " UNSIGNED, j VARCHAR(20), k VARBINARY(16))",
                "CREATE STABLE "
                        + database
                        + ".meters (ts TIMESTAMP, v FLOAT) TAGS (gid INT, `Loc` NCHAR(16))",
                "CREATE TABLE " + database + ".`D1` USING " + database + ".meters TAGS (1, 'x')",
                "CREATE TABLE " + fine + ".t (ts TIMESTAMP, v INT)");
    }

    @AfterAll
    static void dropThem() {
        tdengine.close();
    }

    @BeforeEach
    void createCatalog() {
        session.executeSql(
                "CREATE CATALOG tdengine WITH ('type' = 'tdengine', 'url' = '"
                        + tdengine.url()
                        + "', 'username' = '"
                        + tdengine.username()
                        + "', 'password' = '"
                        + tdengine.password()
                        + "', 'default-database' = '"
                        + database
                        + "')");
    }

    @Test
    void listsDatabasesWithoutTheServersOwn() {
        session.executeSql("USE CATALOG tdengine");
        assertThat(texts("SHOW DATABASES"))
                .contains(database, fine)
                .doesNotContain("information_schema", "performance_schema", "log", "audit");
    }

    @Test
    void listsSuperTablesAndTablesWithoutSubTables() {
        session.executeSql("USE CATALOG tdengine");
        assertThat(texts("SHOW TABLES")).containsExactly("kinds", "meters", "temp_hum");
        assertThat(texts("SHOW TABLES IN tdengine." + fine)).containsExactly("t");
        assertThat(texts("SHOW VIEWS")).isEmpty();
    }

    @Test
    void describesATable() {
        assertThat(describe(database + ".temp_hum"))
                .containsExactly(
                        "ts TIMESTAMP_LTZ(3) TIMESTAMP",
                        "temp FLOAT FLOAT",
                        "hum DOUBLE DOUBLE",
                        "clientid STRING NCHAR(64)");
        assertThat(describe(fine + ".t"))
                .containsExactly("ts TIMESTAMP_LTZ(9) TIMESTAMP", "v INT INT");
    }

    @Test
    void describesASuperTable() {
        assertThat(describe(database + ".meters"))
                .containsExactly(
                        "tbname STRING name of the sub-table",
                        "ts TIMESTAMP_LTZ(3) TIMESTAMP",
                        "v FLOAT FLOAT",
                        "gid INT INT TAG",
                        "Loc STRING NCHAR(16) TAG");
    }

    @Test
    void describesEveryKindOfColumn() {
        assertThat(describe(database + ".kinds"))
                .containsExactly(
                        "ts TIMESTAMP_LTZ(3) TIMESTAMP",
                        "a BOOLEAN BOOL",
                        "b TINYINT TINYINT",
                        "c SMALLINT SMALLINT",
                        "d INT INT",
                        "e BIGINT BIGINT",
                        "f SMALLINT TINYINT UNSIGNED",
                        "g INT SMALLINT UNSIGNED",
                        "h BIGINT INT UNSIGNED",
                        "i DECIMAL(20, 0) BIGINT UNSIGNED",
                        "j STRING VARCHAR(20)",
                        "k BYTES VARBINARY(16)");
    }

    @Test
    void findsASubTableByItsExactName() {
        assertThat(describe(database + ".D1"))
                .containsExactly("ts TIMESTAMP_LTZ(3) TIMESTAMP", "v FLOAT FLOAT");
        Catalog catalog = session.getCatalog("tdengine").orElseThrow();
        assertThat(catalog.tableExists(new ObjectPath(database, "D1"))).isTrue();
        assertThat(catalog.tableExists(new ObjectPath(database, "d1"))).isFalse();
        assertThat(catalog.tableExists(new ObjectPath("nope", "d1"))).isFalse();
        assertThat(catalog.tableExists(new ObjectPath("information_schema", "ins_tables")))
                .isFalse();
        assertThat(catalog.databaseExists("nope")).isFalse();
    }

    @Test
    void aMissingTableIsSaidToBeMissing() {
        assertThatThrownBy(() -> session.explainSql("SELECT * FROM tdengine." + database + ".nope"))
                .hasStackTraceContaining("Object 'nope' not found within");
    }

    @Test
    void findsATableThatWasCreatedSince() {
        String name = "tdengine." + fine + ".later";
        assertThatThrownBy(() -> session.from(name)).hasMessageContaining("was not found");
        tdengine.execute("CREATE TABLE " + fine + ".later (ts TIMESTAMP, v INT)");
        assertThat(session.from(name).getResolvedSchema().getColumnNames())
                .containsExactly("ts", "v");
    }

    @Test
    void rowsAreInsertedIntoATableWithoutDdl() throws Exception {
        insert(
                "INSERT INTO tdengine."
                        + database
                        + ".temp_hum (ts, temp, hum, clientid) SELECT TO_TIMESTAMP_LTZ(n, 3),"
                        + " CAST(n / 2.0 AS FLOAT), CAST(NULL AS DOUBLE), 'it''s ' || s FROM (VALUES"
                        + " (CAST(1750000000001 AS BIGINT), 'a'), (1750000000002, 'b')) AS t(n, s)");
        assertThat(
                        tdengine.rows(
                                "SELECT clientid, hum FROM "
                                        + database
                                        + ".temp_hum WHERE ts > '2025-01-01' ORDER BY ts"))
                .containsExactly(Arrays.asList("it's a", null), Arrays.asList("it's b", null));
    }

    @Test
    void rowsAreInsertedIntoSubTablesThatAreCreatedWhenFirstSeen() throws Exception {
        insert(
                "INSERT INTO tdengine."
                        + database
                        + ".meters SELECT s, TO_TIMESTAMP_LTZ(n, 3), CAST(1.5 AS FLOAT), 7, 'here'"
                        + " FROM (VALUES (CAST(1750000000001 AS BIGINT), 'new_1'), (1750000000001,"
                        + " 'new_2')) AS t(n, s)");
        assertThat(
                        tdengine.rows(
                                "SELECT tbname, v, gid, `Loc` FROM "
                                        + database
                                        + ".meters WHERE gid = 7 ORDER BY tbname"))
                .containsExactly(
                        List.of("new_1", 1.5, 7, "here"), List.of("new_2", 1.5, 7, "here"));
    }

    private void insert(String sql) throws Exception {
        session.executeSql(sql).await();
    }

    @Test
    void temporaryTablesOfOtherConnectorsWorkAndOthersAreRefused() {
        String columns = " (a INT) WITH ('connector' = 'print')";
        session.executeSql("CREATE TEMPORARY TABLE tdengine." + database + ".mine" + columns);
        assertThat(session.explainSql("INSERT INTO tdengine." + database + ".mine SELECT 1"))
                .contains("mine");
        assertThatThrownBy(
                        () ->
                                session.executeSql(
                                        "CREATE TABLE tdengine." + database + ".yours" + columns))
                .hasStackTraceContaining("has only tables of TDengine. Use CREATE TEMPORARY TABLE");
    }

    @Test
    void aServerThatIsAwayIsSaidToBeAway() {
        session.executeSql(
                "CREATE CATALOG away WITH ('type' = 'tdengine', 'url' ="
                        + " 'jdbc:TAOS-WS://127.0.0.1:1/', 'username' = 'root', 'password' ="
                        + " 'hush', 'connect-timeout' = '2 s')");
        assertThatThrownBy(() -> session.explainSql("SELECT * FROM away.db.t"))
                .hasStackTraceContaining(
                        "Catalog 'away' cannot read from TDengine at jdbc:TAOS-WS://127.0.0.1:1/");
    }

    private List<String> describe(String table) {
        return CollectionUtil.iteratorToList(
                        session.executeSql("DESCRIBE tdengine." + quoted(table)).collect())
                .stream()
                .map(row -> row.getField(0) + " " + row.getField(1) + " " + row.getField(6))
                .toList();
    }

    private static String quoted(String table) {
        return "`" + table.replace(".", "`.`") + "`";
    }

    private List<String> texts(String sql) {
        List<Row> rows = CollectionUtil.iteratorToList(session.executeSql(sql).collect());
        return rows.stream().map(row -> (String) row.getField(0)).toList();
    }
}
