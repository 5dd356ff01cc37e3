package io.millrace.rule.emqx.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.emqx.EmqxRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlinkConverterTest {

    @Test
    void convertsTheUsualRule() {
        Conversion conversion =
                convert(
                        "SELECT now_timestamp('millisecond') as ts, payload.temp as temp,"
                                + " payload.'end' as e FROM \"devices/temp_hum\" WHERE temp > 20");
        assertThat(conversion.sql())
                .isEqualTo(
                        """
                        SELECT now_timestamp('millisecond') AS ts, payload.temp AS temp, \
                        payload.`end` AS e
                        FROM "devices/temp_hum"
                        WHERE payload.temp > 20""");
        assertThat(conversion.columns()).containsExactly("ts", "temp", "e");
        assertThat(conversion.isFaithful()).isTrue();
    }

    @Test
    void aliasesStandForTheirExpressions() {
        assertThat(sql("SELECT payload.x + 1 as y, y * 2 as z FROM t"))
                .contains("payload.x + 1 AS y, (payload.x + 1) * 2 AS z");
    }

    @Test
    void keepsTheMeaningOfComparisonsWithWhatIsMissing() {
        assertThat(sql("SELECT payload.x > 2 as b FROM t"))
                .contains("(payload.x > 2) IS TRUE AS b");
        assertThat(sql("SELECT qos FROM t WHERE not payload.x = 1"))
                .contains("WHERE (payload.x = 1) IS NOT TRUE");
        assertThat(sql("SELECT qos FROM t WHERE payload.a = payload.b"))
                .contains("payload.a IS NOT DISTINCT FROM payload.b");
        assertThat(sql("SELECT qos FROM t WHERE payload.a = null()")).contains("payload.a IS NULL");
    }

    @Test
    void convertsOperators() {
        assertThat(
                        sql(
                                "SELECT payload.a / 2 as d, payload.a div 2 as i, payload.a mod 2 as m FROM t"))
                .contains(
                        "CAST(payload.a AS DOUBLE) / 2 AS d,"
                                + " CAST(payload.a AS BIGINT) / CAST(2 AS BIGINT) AS i,"
                                + " MOD(payload.a, 2) AS m");
        assertThat(sql("SELECT topic FROM t WHERE topic =~ '+/a.b/#' or qos in (1, 2)"))
                .contains("REGEXP(topic, '^(?!\\$)[^/]*/a\\.b(/.*)?$') OR qos IN (1, 2)");
        assertThat(sql("SELECT 'it' + payload.a as s FROM t"))
                .contains("'it' || CAST(payload.a AS STRING) AS s");
    }

    @Test
    void convertsForeachToAJoinWithTheArray() {
        Conversion conversion =
                convert(
                        "FOREACH payload.src as s, payload.l as e DO s, e.k as k INCASE e.v > 1 FROM"
                                + " \"t\" WHERE payload.ok = true");
        assertThat(conversion.sql())
                .isEqualTo(
                        """
                        SELECT payload.src AS s, e.k AS k
                        FROM "t"
                        CROSS JOIN UNNEST(payload.l) AS e
                        WHERE (payload.ok = TRUE) AND (e.v > 1)""");
        assertThat(conversion.isComplete()).isTrue();
        assertThat(messages(conversion)).anyMatch(message -> message.contains("-- schema:"));
        assertThat(sql("FOREACH [1..3] as i DO i * 2 as d FROM t"))
                .contains("SELECT i * 2 AS d", "UNNEST(ARRAY[1, 2, 3]) AS elements (i)");
    }

    @Test
    void severalTopicsAreAUnion() {
        assertThat(sql("SELECT qos FROM \"a/+\", \"b\""))
                .isEqualTo("SELECT qos\nFROM \"a/+\"\nUNION ALL\nSELECT qos\nFROM \"b\"");
    }

    @Test
    void saysWhatHasNoFlinkSql() {
        Conversion conversion =
                convert("SELECT peerhost as ip, payload.l[-1] as z, qos FROM t WHERE node = 'a'");
        assertThat(conversion.isComplete()).isFalse();
        assertThat(conversion.sql()).contains("CAST(NULL AS STRING) AS ip").doesNotContain("WHERE");
        assertThat(messages(conversion))
                .anyMatch(message -> message.contains("'ip' is NULL: 'peerhost'"))
                .anyMatch(message -> message.contains("positive numbers only"))
                .anyMatch(message -> message.contains("condition is left out"));
        assertThat(conversion.remarks()).extracting(Remark::offset).isSorted();
    }

    @Test
    void saysWhatDiffers() {
        assertThat(messages(convert("SELECT payload.x FROM t WHERE payload.y = 1")))
                .anyMatch(message -> message.contains("flat"))
                .anyMatch(message -> message.contains("WHERE sees no others"));
        assertThat(messages(convert("SELECT * FROM t"))).hasSize(1);
        assertThat(messages(convert("SELECT concat(topic, 'x') as a FROM t")))
                .anyMatch(message -> message.contains("'undefined'"));
    }

    private static Conversion convert(String sql) {
        return FlinkConverter.convert(EmqxRule.compile(sql));
    }

    private static String sql(String rule) {
        return convert(rule).sql();
    }

    private static List<String> messages(Conversion conversion) {
        return conversion.remarks().stream().map(Remark::message).toList();
    }
}
