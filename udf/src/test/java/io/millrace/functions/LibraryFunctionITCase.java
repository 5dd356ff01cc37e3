package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Types, NULLs, literals and errors of the library's functions as SQL sees them. */
class LibraryFunctionITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private final TableEnvironment session =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void loadTheModule() {
        session.getConfig().set("parallelism.default", "1");
        session.getConfig().set("table.local-time-zone", "UTC");
        session.executeSql("LOAD MODULE millrace");
        // Columns of all types that no planner folds into constants.
        session.executeSql(
                """
                CREATE TEMPORARY VIEW v AS SELECT
                  CAST(t AS TINYINT) AS t, CAST(t AS SMALLINT) AS s, t AS i, CAST(t AS BIGINT) AS l,
                  CAST(t AS DECIMAL(20, 0)) AS big, CAST(t AS DECIMAL(10, 2)) AS dec,
                  CAST(f AS FLOAT) AS f, CAST(f AS DOUBLE) AS d, CAST('ab' AS CHAR(3)) AS c,
                  x, CAST(x AS BYTES) AS b, t > 0 AS yes, ARRAY[t, t + 1] AS a, MAP['k', t] AS m,
                  ROW(t, x) AS r, CAST(NULL AS STRING) AS nix, PARSE_JSON(j) AS j
                FROM (VALUES (7, 2.1, 'text', '{"a":{"b":[1,2.5,"x",null,true]},"n":null}'))
                  AS v(t, f, x, j)
                """);
        session.executeSql("USE MODULES millrace, core");
    }

    @Test
    void takesEveryTypeThatAValueCanStandFor() {
        Row row =
                query(
                        "SELECT abs(t), abs(s), abs(i), abs(l), abs(big), sqrt(dec * 7), sqrt(f * f),"
                                + " sqrt(d), md5(c), md5(x), md5(b), json_encode(ROW(t, f, d, dec, big,"
                                + " c, x, b, yes, a, m, r, nix, j)) FROM v");
        assertThat(row.getField(0)).isEqualTo(7L);
        assertThat(row.getField(3)).isEqualTo(7L);
        assertThat(row.getField(4)).isEqualTo(7L);
        assertThat(row.getField(5)).isEqualTo(7.0);
        assertThat((Double) row.getField(7)).isEqualTo(Math.sqrt(2.1));
        assertThat(row.getField(9)).isEqualTo(row.getField(10));
        assertThat(row.getField(11))
                .isEqualTo(
                        "{\"EXPR$0\":7,\"EXPR$1\":2.1,\"EXPR$2\":2.1,\"EXPR$3\":7.0,\"EXPR$4\":7,"
                                + "\"EXPR$5\":\"ab \",\"EXPR$6\":\"text\",\"EXPR$7\":\"text\","
                                + "\"EXPR$8\":true,\"EXPR$9\":[7,8],\"EXPR$10\":{\"k\":7},"
                                + "\"EXPR$11\":{\"EXPR$0\":7,\"EXPR$1\":\"text\"},\"EXPR$12\":null,"
                                + "\"EXPR$13\":{\"a\":{\"b\":[1,2.5,\"x\",null,true]},\"n\":null}}");
    }

    @Test
    void anAnswerHasTheTypeOfThePartThatItIs() {
        assertThat(
                        types(
                                "SELECT abs(t), sqrt(t), md5(x), base64_decode(x), `contains`(1, a),"
                                        + " nth(1, a), `first`(ARRAY[x]), `last`(ARRAY[dec]),"
                                        + " nth(1, ARRAY[a]), sublist(1, a), coalesce_ne(i, l),"
                                        + " coalesce_ne(x, 'none'), coalesce_ne(a), coalesce_ne(x, i),"
                                        + " mget('k', m), mget('k', m, l), mget('k', r), map_get('k', m),"
                                        + " mput('k', 1, m), mput('k', 'x', m), map_put('k', 1, m),"
                                        + " map_values(m), map_to_entries(m), json_decode(x), map_new()"
                                        + " FROM v"))
                .containsExactly(
                        "BIGINT",
                        "DOUBLE",
                        "STRING",
                        "BYTES",
                        "BOOLEAN",
                        "INT",
                        "STRING",
                        "DOUBLE",
                        "ARRAY<INT>",
                        "ARRAY<INT>",
                        "BIGINT",
                        "STRING",
                        "INT",
                        "VARIANT",
                        "INT",
                        "BIGINT",
                        "VARIANT",
                        "INT",
                        "MAP<STRING NOT NULL, INT>",
                        "VARIANT",
                        "VARIANT",
                        "ARRAY<INT>",
                        "ARRAY<ROW<`key` STRING, `value` INT>>",
                        "VARIANT",
                        "VARIANT");
    }

    @Test
    void partsComeBackAsTheyWent() {
        assertThat(
                        query(
                                "SELECT nth(2, a), `first`(ARRAY[t]), `first`(ARRAY[s]), `first`(ARRAY[f]),"
                                        + " `first`(ARRAY[dec]), `first`(ARRAY[big]), `first`(ARRAY[b]),"
                                        + " `first`(ARRAY[r]), sublist(1, a), mput('z', 1, m), map_values(m),"
                                        + " map_to_entries(m) FROM v"))
                .isEqualTo(
                        Row.of(
                                8,
                                (byte) 7,
                                (short) 7,
                                2.1f,
                                7.0,
                                new BigDecimal(7),
                                "text".getBytes(StandardCharsets.UTF_8),
                                Row.of(7, "text"),
                                new Integer[] {7},
                                Map.of("k", 7, "z", 1),
                                new Integer[] {7},
                                new Row[] {Row.of("k", 7)}));
    }

    @Test
    void aVariantIsReadAndWrittenWhole() {
        Row row =
                query(
                        "SELECT json_encode(j), map_get('a.b', j), mget('n', j), map_put('a.c', yes, j),"
                                + " nth(2, map_get('a.b', j)), sqrt(nth(1, map_get('a.b', j))),"
                                + " sqrt(nth(3, map_get('a.b', j))) FROM v");
        assertThat(row.getField(0)).isEqualTo("{\"a\":{\"b\":[1,2.5,\"x\",null,true]},\"n\":null}");
        assertThat(json(row.getField(1))).isEqualTo("[1,2.5,\"x\",null,true]");
        assertThat(json(row.getField(2))).isEqualTo("null");
        assertThat(json(row.getField(3)))
                .isEqualTo("{\"a\":{\"b\":[1,2.5,\"x\",null,true],\"c\":true},\"n\":null}");
        assertThat(json(row.getField(4))).isEqualTo("2.5");
        assertThat(row.getField(5)).isEqualTo(1.0);
        assertThat(row.getField(6)).isNull();
    }

    private static String json(Object variant) {
        return ((Variant) variant).toJson();
    }

    @Test
    void nullGivesNullUnlessItIsAsGoodAsAValue() {
        assertThat(
                        query(
                                "SELECT md5(nix), abs(CAST(nix AS BIGINT)), json_encode(nix), md5(NULL),"
                                        + " json_encode(mget('n', j)), coalesce_ne(nix, x),"
                                        + " coalesce_ne(ARRAY[nix, '', x]), mget('k', m, NULL),"
                                        + " mput('k', CAST(NULL AS INT), m), json_encode(ARRAY[x, nix])"
                                        + " FROM v"))
                .isEqualTo(
                        Row.of(
                                null,
                                null,
                                null,
                                null,
                                null,
                                "text",
                                "text",
                                7,
                                Collections.singletonMap("k", null),
                                "[\"text\",null]"));
    }

    @Test
    void argumentsThatAreNoLiteralsMayDifferFromRowToRow() {
        assertThat(
                        rows(
                                "SELECT `hash`(h, 'a'), map_get(p, '{\"a\":{\"b\":1}}') FROM"
                                        + " (VALUES ('md5', 'a.b'), ('sha1', 'a.c'), ('md5', 'a.b')) AS"
                                        + " t(h, p)"))
                .extracting(
                        row -> String.valueOf(row.getField(0)).length(),
                        row -> row.getField(1) == null)
                .containsExactly(tuple(32, false), tuple(40, true), tuple(32, false));
    }

    @Test
    void dataWithoutAnAnswerGivesNullAndTheJobGoesOn() {
        assertThat(
                        query(
                                "SELECT sqrt(-d), nth(3, a), json_decode(x), base64_decode('x' || x),"
                                        + " `hash`(x, 'a'), abs(l - 9223372036854775807 - 8),"
                                        + " sqrt(CAST('NaN' AS DOUBLE) + d) FROM v"))
                .isEqualTo(Row.of(null, null, null, null, null, null, null));
    }

    @Test
    void dataWithoutAnAnswerFailsTheJobIfTheModuleIsLoadedSo() {
        session.executeSql("UNLOAD MODULE millrace");
        session.executeSql("LOAD MODULE millrace WITH ('on-error' = 'fail')");
        assertThatThrownBy(() -> query("SELECT nth(3, a) FROM v"))
                .hasStackTraceContaining("nth: there is no element 3; the array has 2.");
    }

    @Test
    void aWrongTypeFailsAtPlanning() {
        assertRefused(
                "SELECT abs(d) FROM v",
                "abs: x has type DOUBLE NOT NULL; allowed is BIGINT. Convert it with CAST(x AS"
                        + " BIGINT).");
        assertRefused("SELECT abs(dec) FROM v", "abs: x has type DECIMAL(10, 2)");
        assertRefused("SELECT sqrt(x) FROM v", "sqrt: x has type VARCHAR");
        assertRefused("SELECT nth(1, x) FROM v", "list has type");
        assertRefused("SELECT nth(1) FROM v", "nth(n BIGINT, list ARRAY<ANY>)");
        assertRefused(
                "SELECT json_encode(CURRENT_TIMESTAMP)",
                "has type TIMESTAMP_LTZ(3) NOT NULL; the functions know times as text or numbers."
                        + " Give it as text, with CAST(... AS STRING) or DATE_FORMAT.");
        assertRefused("SELECT json_encode(ROW(1, CURRENT_DATE))", "know times as text or numbers");
        assertRefused("SELECT json_encode(MAP[1, 2])", "the keys of a map must be STRING");
    }

    @Test
    void aWrongLiteralFailsAtPlanning() {
        assertRefused("SELECT `hash`('md55', x) FROM v", "hash: ");
        assertRefused("SELECT `hash`('md55', x) FROM v", "md55");
        assertRefused("SELECT sqrt(-1)", "sqrt: ");
        assertRefused("SELECT json_decode('{')", "json_decode: ");
    }

    @Test
    void survivesInACompiledPlan() throws Exception {
        session.executeSql(
                "CREATE TEMPORARY TABLE nowhere (s STRING, n INT) WITH ('connector' = 'blackhole')");
        session.compilePlanSql(
                        "INSERT INTO nowhere SELECT `hash`('md5', x), nth(1, ARRAY[n]) FROM (VALUES"
                                + " ('a', 1)) AS t(x, n)")
                .execute()
                .await();
    }

    @Test
    void describesItself() {
        TableResult result = session.executeSql("DESCRIBE FUNCTION EXTENDED sublist");
        assertThat(CollectionUtil.iteratorToList(result.collect()))
                .contains(
                        Row.of("is system function", "true"),
                        Row.of("is deterministic", "true"),
                        Row.of(
                                "signature",
                                "sublist(len BIGINT, list ARRAY<ANY>)\n"
                                        + "sublist(start BIGINT, len BIGINT, list ARRAY<ANY>)"));
    }

    private void assertRefused(String sql, String message) {
        assertThatThrownBy(() -> session.explainSql(sql)).hasStackTraceContaining(message);
    }

    private List<String> types(String sql) {
        return session.sqlQuery(sql).getResolvedSchema().getColumnDataTypes().stream()
                .map(type -> type.getLogicalType().asSummaryString())
                .toList();
    }

    private Row query(String sql) {
        List<Row> rows = rows(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<Row> rows(String sql) {
        return CollectionUtil.iteratorToList(session.executeSql(sql).collect());
    }
}
