package io.millrace.tdengine.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredTablesTest {
    private static final String SCHEMA =
            """
            -- As taos -f takes it.
            CREATE DATABASE IF NOT EXISTS iot PRECISION 'us' KEEP 30,90,365 VGROUPS 4;
            USE iot;
            CREATE STABLE IF NOT EXISTS Meters (ts TIMESTAMP, k INT UNSIGNED PRIMARY KEY,
                `Value` DOUBLE ENCODE 'delta-d' COMPRESS 'lz4', price DECIMAL(10, 2), note VARCHAR(20))
              TAGS (site NCHAR(8), floor INT) COMMENT 'it''s; ours';
            CREATE TABLE other.plain (ts TIMESTAMP, temp FLOAT);
            CREATE TABLE d1 USING Meters TAGS ('a', 1);
            """;

    private static TargetTable table(DeclaredTables tables, String database, String name)
            throws SQLException {
        return tables.describe(database, name).orElseThrow();
    }

    @Test
    void readsWhatTaosReads() throws SQLException {
        DeclaredTables tables = DeclaredTables.of(SCHEMA);

        TargetTable meters = table(tables, "iot", "meters");
        assertThat(meters.describeColumns())
                .isEqualTo(
                        "ts TIMESTAMP, k INT UNSIGNED, Value DOUBLE, price DECIMAL(10,2),"
                                + " note VARCHAR(20), site NCHAR(8) (tag), floor INT (tag)");
        assertThat(meters.kind()).isEqualTo(TargetTable.Kind.SUPER_TABLE);
        assertThat(meters.columns().get(1).role().name()).isEqualTo("KEY");
        assertThat(meters.precision()).isEqualTo(TimePrecision.MICROSECOND);
        assertThat(meters.keep()).contains(Duration.ofDays(365));
        assertThat(table(tables, "iot", "d1").kind()).isEqualTo(TargetTable.Kind.SUB_TABLE);
        assertThat(table(tables, "other", "plain").precision())
                .isEqualTo(TimePrecision.MILLISECOND);
        assertThat(tables.databases()).containsExactly("iot", "other");
        assertThat(tables.superTables("iot")).containsExactly("meters");
        assertThat(tables.normalTables("other")).containsExactly("plain");
    }

    @Test
    void changesTablesAsTheyAreAltered() throws SQLException {
        DeclaredTables tables = DeclaredTables.of(SCHEMA);
        tables.apply(
                "ALTER STABLE iot.meters ADD COLUMN hum FLOAT; ALTER STABLE iot.meters MODIFY TAG site"
                        + " NCHAR(64); ALTER TABLE iot.meters DROP COLUMN note;"
                        + " ALTER STABLE iot.meters RENAME TAG floor level; DROP TABLE other.plain");

        assertThat(table(tables, "iot", "meters").describeColumns())
                .isEqualTo(
                        "ts TIMESTAMP, k INT UNSIGNED, Value DOUBLE, price DECIMAL(10,2), hum FLOAT,"
                                + " site NCHAR(64) (tag), level INT (tag)");
        assertThat(tables.describe("other", "plain")).isEmpty();
    }

    @Test
    void standsBeforeAServerAndHidesWhatWasDropped() throws SQLException {
        DeclaredTables server =
                DeclaredTables.of(
                        "CREATE TABLE a.x (ts TIMESTAMP, n INT); CREATE TABLE a.y (ts TIMESTAMP, n INT)");
        DeclaredTables tables =
                DeclaredTables.of("CREATE TABLE a.x (ts TIMESTAMP, n BIGINT)").before(server);
        tables.apply("DROP TABLE a.y");

        assertThat(table(tables, "a", "x").columns().get(1).describeType()).isEqualTo("BIGINT");
        assertThat(tables.normalTables("a")).isEqualTo(List.of("x"));
        assertThat(server.describe("a", "y")).isPresent();
    }

    @Test
    void namesTheLineOfWhatItDoesNotUnderstand() {
        assertThatThrownBy(
                        () -> DeclaredTables.of("USE a;\nCREATE TABLE t (ts TIMESTAMP, n NUMBER)"))
                .hasMessage("Line 2 of the definitions: 'NUMBER' is no type of a column.");
        assertThatThrownBy(() -> DeclaredTables.of("CREATE TABLE t (ts TIMESTAMP, n INT)"))
                .hasMessageContaining("Write 't' with its database");
        assertThatThrownBy(() -> DeclaredTables.of("\nINSERT INTO a.t VALUES (1)"))
                .hasMessage(
                        "Line 2 of the definitions: 'insert' is no definition; there are CREATE,"
                                + " ALTER, DROP and USE.");
        assertThatThrownBy(() -> DeclaredTables.of("CREATE TABLE a.t (ts TIMESTAMP, n NCHAR)"))
                .hasMessageContaining("NCHAR needs a length, such as NCHAR(64)");
    }
}
