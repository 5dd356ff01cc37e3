package io.millrace.tdengine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CREATE, ALTER and DROP in a SQL session. */
class CatalogDdlITCase {
    private static TDengineUnderTest server;

    private final String database =
            "Ddl_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final TableEnvironment session =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        run(
                "CREATE CATALOG td WITH ('type' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s')"
                        .formatted(server.url(), server.username(), server.password()));
        run("USE CATALOG td");
        run(
                "CREATE DATABASE `%s` WITH ('precision' = 'us', 'keep' = '365d', 'cachemodel' = 'last_row')"
                        .formatted(database));
        run("USE `" + database + "`");
    }

    @AfterEach
    void dropDatabase() {
        server.execute("DROP DATABASE IF EXISTS `" + database + "`");
    }

    private void run(String statement) {
        session.executeSql(statement);
    }

    private List<String> described(String table) {
        return server.rows("DESCRIBE `" + database + "`.`" + table + "`").stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2) + " " + row.get(3))
                .map(String::strip)
                .toList();
    }

    @Test
    void createsAndDropsADatabase() {
        assertThat(
                        server.rows(
                                "SELECT `precision`, `keep`, `cachemodel` FROM information_schema.ins_databases WHERE name = '"
                                        + database
                                        + "'"))
                .containsExactly(List.of("us", "365d,365d,365d", "last_row"));
        run("CREATE DATABASE IF NOT EXISTS `" + database + "`");
        assertThatThrownBy(() -> run("CREATE DATABASE `" + database + "`"))
                .hasStackTraceContaining("already exists");

        run("CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT)");
        run("USE CATALOG default_catalog");
        assertThatThrownBy(() -> run("DROP DATABASE td.`" + database + "`"))
                .hasStackTraceContaining("is not empty");
        run("DROP DATABASE td.`" + database + "` CASCADE");
        run("DROP DATABASE IF EXISTS td.`" + database + "`");
        assertThat(
                        server.rows(
                                "SELECT name FROM information_schema.ins_databases WHERE name = '"
                                        + database
                                        + "'"))
                .isEmpty();
    }

    @Test
    void changesADatabase() {
        run("ALTER DATABASE `" + database + "` SET ('keep' = '100d')");
        assertThat(
                        server.rows(
                                "SELECT `keep` FROM information_schema.ins_databases WHERE name = '"
                                        + database
                                        + "'"))
                .containsExactly(List.of("100d,100d,100d"));
        assertThatThrownBy(() -> run("ALTER DATABASE `" + database + "` SET ('precision' = 'ms')"))
                .hasStackTraceContaining(
                        "Option 'precision' of database '"
                                + database
                                + "' cannot be changed later");
    }

    @Test
    void refusesOptionsThatADatabaseDoesNotHave() {
        assertThatThrownBy(
                        () ->
                                run(
                                        "CREATE DATABASE d WITH ('presicion' = 'us', 'keep' = '1; DROP DATABASE x')"))
                .hasStackTraceContaining("Option 'presicion' is none of a database")
                .hasStackTraceContaining("Did you mean 'precision'?")
                .hasStackTraceContaining("Option 'keep' is '1; DROP DATABASE x'");
    }

    @Test
    void createsATable() {
        run(
                """
                CREATE TABLE t (ts TIMESTAMP_LTZ(6), k STRING COMMENT 'VARCHAR(10)', `Very Big` BIGINT,
                  note VARCHAR(20), b VARBINARY(8), u BIGINT COMMENT 'INT UNSIGNED', ok BOOLEAN,
                  PRIMARY KEY (ts, k) NOT ENFORCED) COMMENT 'it''s'
                """);
        assertThat(described("t"))
                .containsExactly(
                        "ts TIMESTAMP 8",
                        "k VARCHAR 10 PRIMARY KEY",
                        "Very Big BIGINT 8",
                        "note NCHAR 20",
                        "b VARBINARY 8",
                        "u INT UNSIGNED 4",
                        "ok BOOL 1");
        run("CREATE TABLE IF NOT EXISTS t (ts TIMESTAMP_LTZ(6), v INT)");
        run("DROP TABLE t");
        run("DROP TABLE IF EXISTS t");
        assertThat(tables()).isEmpty();
    }

    @Test
    void createsASuperTableWhoseTagsArePartitionedByOrSaidByComments() {
        run(
                """
                CREATE TABLE meters (tbname STRING, ts TIMESTAMP_LTZ(6), v FLOAT, site VARCHAR(16), gid INT)
                PARTITIONED BY (site, gid)
                """);
        assertThat(described("meters"))
                .containsExactly(
                        "ts TIMESTAMP 8", "v FLOAT 4", "site NCHAR 16 TAG", "gid INT 4 TAG");
        run("CREATE TABLE copied LIKE meters");
        assertThat(described("copied")).isEqualTo(described("meters"));
        assertThat(tables()).containsExactly("copied", "meters");

        run("DROP TABLE meters");
        assertThat(tables()).containsExactly("copied");
    }

    @Test
    void refusesWhatTDengineCannotDo() {
        refused(
                "CREATE TABLE t (v INT, ts TIMESTAMP_LTZ(6))",
                "The first column of table",
                "Put the time first");
        refused("CREATE TABLE t (ts TIMESTAMP_LTZ(9), v INT)", "Declare TIMESTAMP_LTZ(6).");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v STRING)",
                "Column 'v' is STRING, for which TDengine has no type. Give it a length");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v ARRAY<INT>)",
                "for which TDengine has no type");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT COMMENT 'NCHAR(3)')",
                "these do not go together");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT, w AS v + 1)",
                "Column 'w' is computed");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(3), v INT, WATERMARK FOR ts AS ts)",
                "has a watermark");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT, PRIMARY KEY (v) NOT ENFORCED)",
                "has the primary key [v]");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v DOUBLE, PRIMARY KEY (ts, v) NOT ENFORCED)",
                "allowed are INT, BIGINT");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT, g INT, PRIMARY KEY (ts) NOT ENFORCED) PARTITIONED BY (g)",
                "name 'tbname' or the tags");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT) WITH ('sink.batch.interval' = '1 s')",
                "TDengine keeps no options of Flink");
        refused(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), j STRING COMMENT 'JSON')",
                "which only a tag can be");
        refused("CREATE TABLE t (ts TIMESTAMP_LTZ(6))", "needs another column");
        assertThat(tables()).isEmpty();
    }

    private void refused(String statement, String... messages) {
        for (String message : messages) {
            assertThatThrownBy(() -> run(statement)).hasStackTraceContaining(message);
        }
    }

    @Test
    void changesATable() {
        run(
                "CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT, note VARCHAR(10), vc STRING COMMENT 'VARCHAR(10)')");
        run("ALTER TABLE t ADD (x DOUBLE, y STRING COMMENT 'NCHAR(5)')");
        run("ALTER TABLE t MODIFY note VARCHAR(30)");
        run("ALTER TABLE t MODIFY vc STRING COMMENT 'VARCHAR(40)'");
        run("ALTER TABLE t DROP v");
        run("ALTER TABLE t RENAME x TO xx");
        assertThat(described("t"))
                .containsExactly(
                        "ts TIMESTAMP 8",
                        "note NCHAR 30",
                        "vc VARCHAR 40",
                        "xx DOUBLE 8",
                        "y NCHAR 5");
        refused("ALTER TABLE t MODIFY note VARCHAR(5)", "cannot become NCHAR(5)");
        refused("ALTER TABLE t MODIFY xx INT", "is DOUBLE and cannot become INT");
        refused("ALTER TABLE t DROP ts", "part of the key");
        refused("ALTER TABLE t ADD z INT FIRST", "Leave FIRST and AFTER out");
        refused("ALTER TABLE t ADD z INT COMMENT 'INT TAG'", "is no super table");
        refused(
                "ALTER TABLE t SET ('sink.batch.interval' = '1 s')",
                "TDengine cannot change this of table 't'");
        refused("ALTER TABLE t RENAME TO u", "cannot rename table");
    }

    @Test
    void changesASuperTable() {
        run("CREATE TABLE m (ts TIMESTAMP_LTZ(6), v INT, site VARCHAR(10)) PARTITIONED BY (site)");
        run("ALTER TABLE m ADD (w BIGINT, g INT COMMENT 'INT TAG')");
        run("ALTER TABLE m MODIFY site VARCHAR(20)");
        run("ALTER TABLE m RENAME g TO gid");
        assertThat(described("m"))
                .containsExactly(
                        "ts TIMESTAMP 8",
                        "v INT 4",
                        "w BIGINT 8",
                        "site NCHAR 20 TAG",
                        "gid INT 4 TAG");
        run("ALTER TABLE m DROP (w, gid)");
        assertThat(described("m"))
                .containsExactly("ts TIMESTAMP 8", "v INT 4", "site NCHAR 20 TAG");
        refused("ALTER TABLE m RENAME v TO vv", "only its tags can");
        server.execute(
                "CREATE TABLE `%s`.d1 USING `%s`.m TAGS ('x')".formatted(database, database));
        refused("ALTER TABLE d1 ADD z INT", "is a sub-table");
    }

    private List<String> tables() {
        return CollectionUtil.iteratorToList(session.executeSql("SHOW TABLES").collect()).stream()
                .map(row -> (String) row.getField(0))
                .toList();
    }
}
