package io.millrace.devkit.tdengine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
    @Test
    void readsOptionsOfADatabase() {
        assertThat(
                        StatementParser.parse(
                                "create database if not exists D precision 'us' keep 10d,20d vgroups"
                                        + " 2;"))
                .isEqualTo(
                        new Statement.CreateDatabase(
                                "d",
                                true,
                                Map.of("PRECISION", "us", "KEEP", "10d,20d", "VGROUPS", "2")));
    }

    @Test
    void readsDefinitions() {
        Statement.CreateTable create =
                (Statement.CreateTable)
                        StatementParser.parse(
                                "CREATE STABLE db.`St` (ts TIMESTAMP, K int UNSIGNED PRIMARY KEY,"
                                        + " `V` binary(5) ENCODE 'disabled') TAGS (g NCHAR(4))"
                                        + " COMMENT 'it''s'");
        assertThat(create.name()).isEqualTo(new QualifiedName("db", "St"));
        assertThat(create.columns())
                .containsExactly(
                        new Statement.Definition("ts", ColumnType.of(DataType.TIMESTAMP), false),
                        new Statement.Definition("k", ColumnType.of(DataType.UINT), true),
                        new Statement.Definition("V", ColumnType.of(DataType.VARCHAR, 5), false));
        assertThat(create.tags())
                .containsExactly(
                        new Statement.Definition("g", ColumnType.of(DataType.NCHAR, 4), false));
        assertThat(create.comment()).isEqualTo("it's");
    }

    @Test
    void readsManySubTables() {
        String sql = "CREATE TABLE a USING s TAGS ((1)) IF NOT EXISTS d.b USING s (g) TAGS ('x)')";
        Statement.CreateSubTables create = (Statement.CreateSubTables) StatementParser.parse(sql);
        assertThat(create.tables()).hasSize(2);
        assertThat(create.tables().get(1).name()).isEqualTo(new QualifiedName("d", "b"));
        assertThat(create.tables().get(1).tags()).isEqualTo(List.of("g"));
        assertThat(sql.substring(create.tables().get(1).valuesAt())).isEqualTo("('x)')");
    }

    @Test
    void bindsOperatorsAsUsual() {
        Select select =
                ((Statement.Query)
                                StatementParser.parse(
                                        "SELECT a + b * -c FROM t WHERE NOT x = 1 OR y > 2 AND z IS"
                                                + " NULL"))
                        .select();
        Expr.Column a = new Expr.Column(null, "a");
        Expr.Column b = new Expr.Column(null, "b");
        Expr.Column c = new Expr.Column(null, "c");
        assertThat(select.items().get(0).expression())
                .isEqualTo(
                        new Expr.Binary("+", a, new Expr.Binary("*", b, new Expr.Unary("-", c))));
        assertThat(((Expr.Binary) select.where()).operator()).isEqualTo("OR");
        assertThat(((Expr.Binary) select.where()).left()).isInstanceOf(Expr.Unary.class);
    }

    @Test
    void keepsHowItemsAreWritten() {
        Select select =
                ((Statement.Query) StatementParser.parse("SELECT Count( * ), avg(V) m FROM t"))
                        .select();
        assertThat(select.items())
                .extracting(Select.Item::text)
                .containsExactly("Count( * )", "avg(V)");
        assertThat(select.items()).extracting(Select.Item::alias).containsExactly(null, "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "CREATE TABLE t",
                "SELECT 1 1",
                "DROP TABLE",
                "SHOW",
                "SELECT * FROM",
                "CREATE TABLE t (ts)",
                "SELECT (1",
                "USE",
                "SELECT a b c FROM t",
                "CREATE TABLE table (ts TIMESTAMP, v INT)"
            })
    void refusesWhatIsNoStatement(String sql) {
        assertThatThrownBy(() -> StatementParser.parse(sql))
                .isInstanceOfSatisfying(
                        TaosException.class, e -> assertThat(e.code()).isIn(0x2600, 0x2601));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER u PASS 'x'",
                "CREATE TOPIC t AS SELECT 1",
                "SHOW SUBSCRIPTIONS",
                "SELECT * FROM a JOIN b ON a.ts = b.ts",
                "SELECT COUNT(*) FROM t SESSION(ts, 10s)",
                "SELECT _wstart, COUNT(*) FROM t INTERVAL(10s) FILL(PREV)"
            })
    void saysWhatIsNotSupported(String sql) {
        assertThatThrownBy(() -> StatementParser.parse(sql))
                .hasMessageContaining("not supported by Millrace's development server");
    }
}
