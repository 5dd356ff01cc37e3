package io.millrace.tdengine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.template.TemplateValue.Literal;
import io.millrace.tdengine.template.TemplateValue.Placeholder;
import io.millrace.tdengine.template.TemplateValue.Text;
import io.millrace.tdengine.template.TemplateValue.Time;
import io.millrace.tdengine.template.TemplateValue.Time.Base;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTemplateTest {

    @Test
    void readsATableWithColumns() {
        SqlTemplate template =
                parse(
                        "INSERT INTO iot_data.temp_hum(ts, temp, hum, clientid) VALUES (${ts},"
                                + " ${temp}, ${hum}, '${clientid}')");

        assertThat(template.database()).isEqualTo("iot_data");
        assertThat(template.table().fixed()).contains("temp_hum");
        assertThat(template.superTable()).isNull();
        assertThat(template.columns()).containsExactly("ts", "temp", "hum", "clientid");
        assertThat(template.values())
                .containsExactly(
                        field(false, "ts"),
                        field(false, "temp"),
                        field(false, "hum"),
                        field(true, "clientid"));
    }

    @Test
    void readsASubTableWithTags() {
        SqlTemplate template =
                parse(
                        "insert into d_${clientid} using meters tags ('${clientid}', ${gid}) values"
                                + " (${ts}, ${v})");

        assertThat(template.table())
                .isEqualTo(
                        new TemplateName(
                                List.of(
                                        new TextPart.Fixed("d_"),
                                        new TextPart.Field(List.of("clientid"))),
                                false));
        assertThat(template.superTable())
                .isEqualTo(
                        new SqlTemplate.SuperTable(
                                "meters",
                                List.of(),
                                List.of(field(true, "clientid"), field(false, "gid"))));
        assertThat(template.columns()).isEmpty();
        assertThat(template.values()).containsExactly(field(false, "ts"), field(false, "v"));
    }

    @Test
    void readsASubTableInTheColumnTbname() {
        SqlTemplate template =
                parse(
                        "INSERT INTO db.stb (tbname, ts, v, tag1) VALUES ('D-${x}', ${ts}, ${v},"
                                + " 'a')");

        assertThat(template.database()).isEqualTo("db");
        assertThat(template.table())
                .isEqualTo(
                        new TemplateName(
                                List.of(new TextPart.Fixed("D-"), new TextPart.Field(List.of("x"))),
                                true));
        assertThat(template.superTable())
                .isEqualTo(new SqlTemplate.SuperTable("stb", List.of(), List.of()));
        assertThat(template.columns()).containsExactly("ts", "v", "tag1");
        assertThat(template.values())
                .containsExactly(field(false, "ts"), field(false, "v"), new Literal("a"));
    }

    @Test
    void keepsTheCaseOfNamesInBackTicksOnly() {
        SqlTemplate template =
                parse(
                        "INSERT INTO Db.`D_${Id}` USING Db.`Stb` (`Loc`, Gid) TAGS ('x', 1) (Ts, `V`)"
                                + " VALUES (1, 2)");

        assertThat(template.database()).isEqualTo("db");
        assertThat(template.table().parts())
                .containsExactly(new TextPart.Fixed("D_"), new TextPart.Field(List.of("Id")));
        assertThat(template.table().caseKept()).isTrue();
        assertThat(template.superTable().name()).isEqualTo("Stb");
        assertThat(template.superTable().tagNames()).containsExactly("Loc", "gid");
        assertThat(template.columns()).containsExactly("ts", "V");
    }

    @Test
    void toleratesSpaceLineBreaksAndSemicolonsAtTheEnd() {
        assertThat(parse(" insert\n\tInto  t\n  (ts ,v)\nvalues\n\t( ${ts},   ${v} ) ; \n;\n"))
                .isEqualTo(parse("INSERT INTO t(ts,v)VALUES(${ts},${v})"));
    }

    @Test
    void readsNestedPathsAndTheRootDot() {
        SqlTemplate template =
                parse("insert into t values (${.ts}, ${payload.a.b}, '${.clientid}')");
        assertThat(template.values())
                .containsExactly(
                        field(false, "ts"),
                        field(false, "payload", "a", "b"),
                        field(true, "clientid"));
        assertThat(template.paths())
                .containsExactly(List.of("ts"), List.of("payload", "a", "b"), List.of("clientid"));
    }

    @Test
    void readsLiterals() {
        assertThat(
                        parse(
                                        "insert into t values (-1, +2.50, .5, 1e-3, 'it''s', \"a\\tb\","
                                                + " '', NULL, true, False)")
                                .values())
                .containsExactlyElementsOf(
                        Arrays.asList(
                                new Literal(new BigDecimal("-1")),
                                new Literal(new BigDecimal("2.50")),
                                new Literal(new BigDecimal("0.5")),
                                new Literal(new BigDecimal("0.001")),
                                new Literal("it's"),
                                new Literal("a\tb"),
                                new Literal(""),
                                new Literal(null),
                                new Literal(true),
                                new Literal(false)));
    }

    @Test
    void readsTheClockAndSpans() {
        assertThat(
                        parse(
                                        "insert into t values (NOW, now( ), Today + 1h, now()-2a,"
                                                + " ${ts}+1s, '2026-01-01T00:00:00Z' - 3d)")
                                .values())
                .containsExactly(
                        new Time(Base.NOW, null, 0),
                        new Time(Base.NOW, null, 0),
                        new Time(Base.TODAY, null, 3_600_000_000_000L),
                        new Time(Base.NOW, null, -2_000_000),
                        new Time(Base.GIVEN, field(false, "ts"), 1_000_000_000),
                        new Time(
                                Base.GIVEN,
                                new Literal("2026-01-01T00:00:00Z"),
                                -3 * 86_400_000_000_000L));
    }

    @Test
    void readsSeveralRowsAndTables() {
        List<SqlTemplate> rows =
                SqlTemplate.parse(
                        "insert into a (ts, v) values (${ts}, 1) (${ts} + 1s, 2), (${ts} + 2s, 3)"
                                + " d_${x} using db.s tags (${x}) values (${ts}, 4);");

        assertThat(rows).extracting(SqlTemplate::database).containsOnly("db");
        assertThat(rows).extracting(row -> row.table().parts().size()).containsExactly(1, 1, 1, 2);
        assertThat(rows)
                .extracting(row -> row.values().get(1))
                .containsExactly(
                        new Literal(new BigDecimal(1)),
                        new Literal(new BigDecimal(2)),
                        new Literal(new BigDecimal(3)),
                        new Literal(new BigDecimal(4)));
        assertThat(rows.get(3).superTable().name()).isEqualTo("s");
    }

    @Test
    void readsTheWholeRow() {
        assertThat(parse("insert into t values ('${.}')").values())
                .containsExactly(new Placeholder(List.of(), true));
    }

    @Test
    void readsEscapesAsTDengineDoes() {
        assertThat(parse("insert into t values ('\\\\ \\' \\n \\q \\% \\x41 \\${a}')").values())
                .containsExactly(
                        new Text(
                                List.of(
                                        new TextPart.Fixed("\\ ' \n q \\% \\x41 "),
                                        new TextPart.Field(List.of("a")))));
    }

    @Test
    void readsTextsWithSeveralPlaceholders() {
        assertThat(parse("insert into t values ('a-${x}-b${y}')").values())
                .containsExactly(
                        new Text(
                                List.of(
                                        new TextPart.Fixed("a-"),
                                        new TextPart.Field(List.of("x")),
                                        new TextPart.Fixed("-b"),
                                        new TextPart.Field(List.of("y")))));
    }

    @Test
    void refusesWhatHasNoTypedForm() {
        refuses("insert into t values (${ts}+1)", 1, 23, "Compute in the rule");
        refuses("insert into t values (${ts}*2)", 1, 23, "Compute in the rule");
        refuses("insert into t values (now + 1y)", 1, 23, "units are b (ns)");
        refuses("insert into t values (now + 1s + 1s)", 1, 23, "follows it");
        refuses("insert into t values (true + 1s)", 1, 23, "only a time can be added to");
        refuses("insert into t values (now + 999999999w)", 1, 23, "longer than 292 years");
        refuses("insert into a values (1) insert into b values (2)", 1, 26, "one INSERT INTO");
        refuses("insert into a values (1) b", 1, 27, "VALUES is expected");
        refuses("insert into a values (1),", 1, 26, "'(' is expected");
        refuses("insert into x.a values (1) y.b values (2)", 1, 28, "both have to be in one");
        refuses("insert into t values (abs(1))", 1, 23, "compute anything else in the rule");
        refuses("insert into a values (1); insert into b values (2)", 1, 27, "one statement");
        refuses("insert into t file '/tmp/x'", 1, 15, "FILE cannot be a template");
        refuses("insert into t select * from x", 1, 15, "subquery");
        refuses("insert into t values (${l[1]})", 1, 23, "without spaces and indexes");
        refuses("insert into t values (${ ts })", 1, 23, "without spaces and indexes");
        refuses("insert into t values (${})", 1, 23, "empty name");
        refuses("insert into t values (${a..b})", 1, 23, "empty name");
        refuses("insert into ${db}.t values (1)", 1, 13, "database has to be the same");
        refuses("insert into t using ${s} tags (1) values (1)", 1, 21, "super table has to be");
        refuses("insert into t (${c}) values (1)", 1, 16, "column has to be the same");
        refuses("insert into t -- c\n values (1)", 1, 15, "comments");
        refuses("select * from t", 1, 1, "begins with INSERT INTO");
        refuses("", 1, 1, "found is the end");
        refuses("insert t values (1)", 1, 8, "INTO is expected");
    }

    @Test
    void refusesWhatIsWrong() {
        refuses("insert into t\n  (ts, v)\nvalues\n  (${ts})", 4, 3, "2 columns are named and 1");
        refuses("insert into t using s (a) tags (1, 2) values (1)", 1, 32, "1 tags are named");
        refuses("insert into t (a, A) values (1, 2)", 1, 19, "'a' is named twice");
        refuses("insert into t values (1", 1, 24, "no closing ')'");
        refuses("insert into t values ('abc)", 1, 23, "no closing '");
        refuses("insert into t values (${ts)", 1, 23, "no closing '}'");
        refuses("insert into d-1 values (1)", 1, 14, "VALUES is expected");
        refuses("insert into 1d values (1)", 1, 13, "Names are letters");
        refuses("insert into `a.b` values (1)", 1, 15, "cannot hold '.'");
        refuses("insert into `` values (1)", 1, 13, "cannot be empty");
        refuses("insert into a.t using b.s tags (1) values (1)", 1, 23, "both have to be in one");
        refuses("insert into s (tbname) values ('x')", 1, 13, "no column besides tbname");
        refuses("insert into s (tbname, ts) values (5, 1)", 1, 13, "value of tbname has to be");
    }

    @Test
    void acceptsColumnsBeforeAndAfterUsing() {
        assertThat(parse("insert into t (a) using s tags (1) values (1)"))
                .isEqualTo(parse("insert into t using s tags (1) (a) values (1)"));
    }

    private static SqlTemplate parse(String sql) {
        List<SqlTemplate> rows = SqlTemplate.parse(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static TemplateValue field(boolean quoted, String... path) {
        return new Placeholder(List.of(path), quoted);
    }

    private static void refuses(String sql, int line, int column, String words) {
        assertThatThrownBy(() -> parse(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SqlTemplateException.class,
                        e -> {
                            assertThat(e)
                                    .hasMessageStartingWith(
                                            "SQL template, line "
                                                    + line
                                                    + ", column "
                                                    + column
                                                    + ": ")
                                    .hasMessageContaining(words);
                            assertThat(e.line()).isEqualTo(line);
                            assertThat(e.column()).isEqualTo(column);
                        });
    }
}
