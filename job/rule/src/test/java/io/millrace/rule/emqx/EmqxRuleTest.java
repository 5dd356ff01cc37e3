package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmqxRuleTest {

    @Test
    void givesRowsByPosition() {
        EmqxRule rule = EmqxRule.compile("SELECT payload.x as x, clientid, x + 1 as y FROM \"t\"");
        List<List<Object>> rows = new ArrayList<>();
        EmqxRowEvaluator evaluator = rule.evaluator(List.of("y", "clientid", "nope", "x"));
        Outcome outcome =
                evaluator.evaluate(
                        TestMessage.of("{\"x\":3}"),
                        row -> rows.add(new ArrayList<>(Arrays.asList(row))));
        assertThat(outcome).isEqualTo(Outcome.PASSED);
        assertThat(rows).containsExactly(Arrays.asList(4L, "c1", null, 3L));
    }

    @Test
    void givesRowsOfForeachByPosition() {
        EmqxRule rule =
                EmqxRule.compile("FOREACH payload.l as e DO e.k as k, *, e INCASE e.k > 1 FROM t");
        List<List<Object>> rows = new ArrayList<>();
        rule.evaluator(List.of("k", "qos", "payload"))
                .evaluate(
                        TestMessage.of("{\"l\":[{\"k\":1},{\"k\":2},{\"k\":3}]}"),
                        row -> rows.add(List.of(row)));
        assertThat(rows)
                .containsExactly(
                        List.of(2L, 1L, "{\"l\":[{\"k\":1},{\"k\":2},{\"k\":3}]}"),
                        List.of(3L, 1L, "{\"l\":[{\"k\":1},{\"k\":2},{\"k\":3}]}"));
    }

    @Test
    void givesNoRowOfAForeachThatFails() {
        EmqxRule rule = EmqxRule.compile("FOREACH payload.l as e DO 1 / e as r FROM t");
        List<Object> rows = new ArrayList<>();
        EmqxEvaluator evaluator = rule.evaluator();
        assertThatThrownBy(() -> evaluator.evaluate(TestMessage.of("{\"l\":[1,0]}"), rows::add))
                .isInstanceOfSatisfying(
                        EmqxException.class,
                        e -> {
                            assertThat(e.phase()).isEqualTo(Phase.DO);
                            assertThat(e.head()).isEqualTo("badarith");
                        });
        assertThat(rows).isEmpty();
        assertThat(evaluator.evaluate(TestMessage.of("{\"l\":[1]}"), rows::add))
                .isEqualTo(Outcome.PASSED);
        assertThat(rows).hasSize(1);
    }

    @Test
    void keepsNothingOfTheMessageBefore() {
        EmqxEvaluator evaluator =
                EmqxRule.compile("SELECT payload.a.b as x, payload.c as c FROM t").evaluator();
        List<Map<String, Object>> rows = new ArrayList<>();
        evaluator.evaluate(TestMessage.of("{\"a\":{\"b\":1},\"c\":2}"), rows::add);
        evaluator.evaluate(TestMessage.of("{}"), rows::add);
        assertThat(rows.get(1).values()).containsOnlyNulls();
    }

    @Test
    void tellsWhatItReadsAndGives() {
        EmqxRule rule =
                EmqxRule.compile(
                        "SELECT payload.x as x, upper(clientid()) as c, payload.y FROM \"a/+\","
                                + " 'b' WHERE qos = 1");
        assertThat(rule.sources()).extracting(EmqxRule.Source::topic).containsExactly("a/+", "b");
        assertThat(rule.columns()).containsExactlyInAnyOrder("payload", "clientid", "qos");
        assertThat(rule.outputs().orElseThrow()).containsExactlyInAnyOrder("x", "c", "payload");
        assertThat(rule.matches("a/7")).isTrue();
        assertThat(rule.matches("a/7/8")).isFalse();
        assertThat(EmqxRule.compile("SELECT * FROM t").outputs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT uper(clientid) as x FROM t | 7 | Did you mean 'upper'?",
                "SELECT UPPER(clientid) as x FROM t | 7 | write upper(...)",
                "SELECT upper(clientid, 1) as x FROM t | 7 | does not take 2 arguments",
                "SELECT upper(5) as x FROM t | 7 | upper",
                "SELECT topic(1, 2) as x FROM t | 7 | does not take 2 arguments",
                "SELECT now_timestamp('minute') as x FROM t | 7 | minute",
                "SELECT m.f(1) as x FROM t | 7 | CREATE FUNCTION",
                "SELECT 1 / 0 as x FROM t | 11 | division by zero",
                "SELECT 1 as x FROM t WHERE payload.f | 27 | x = true",
                "SELECT 1 as x FROM t WHERE qos NOT IN (1) | 27 | NOT IN",
                "SELECT 1 as x FROM t WHERE not (qos = 1 and qos = 2) | 31 | opposite",
                "SELECT -qos FROM t | 7 | AS y",
                "SELECT [5..1] as x FROM t | 7 | upwards",
                "SELECT qos FROM \"$events/client_connected\" | 16 | $SYS/brokers/+/clients/+/connected",
                "SELECT qos FROM \"$bridges/mqtt:x\" | 16 | connection",
                "SELECT payload.end as e FROM t | 15 | in quotes: .'END'",
                "SELECT payload._x as e FROM t | 15 | payload.'_name'",
                "SELECT (qos > 1) as e FROM t | 7 | without parentheses",
                "SELECT qos > 1 and qos < 2 as e FROM t | 7 | CASE WHEN",
                "SELECT split(topic, '/')[1] as e FROM t | 24 | nth(1, ...)",
                "SELECT qos FROM t GROUP BY qos | 18 | Flink SQL",
                "SELECT qos FROM t; | 17 | semicolon",
                "SELECT qos || 'a' as e FROM t | 11 | concat",
                "SELECT 'a as e FROM t | 7 | closing quote",
                "SELECT 1 < qos < 3 as e FROM t | 15 | AND",
            })
    void refusesWithPositionAndRemedy(String sql, int offset, String remedy) {
        EmqxSyntaxException failure =
                catchThrowableOfType(
                        EmqxSyntaxException.class, () -> EmqxRule.compile(sql.strip()));
        assertThat(failure).as(sql).isNotNull().hasMessageContaining(remedy);
        assertThat(failure.offset()).as(failure.getMessage()).isEqualTo(offset);
    }

    @Test
    void acceptsACommentAtTheEndOnlyInRuleFiles() {
        String sql = "SELECT qos FROM t -- all of them";
        EmqxRule.compile(sql);
        assertThatThrownBy(() -> EmqxRule.compile(sql, Mode.AS_EMQX))
                .isInstanceOf(EmqxSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT qos FROM t WHERE payload.n = \"on\" | single quotes: 'on'",
                "SELECT cliendid FROM t | Did you mean 'clientid'?",
                "SELECT qos FROM t WHERE clientid() = 'a' | column 'clientid'",
                "SELECT upper(clientid) FROM t | alias",
                "SELECT 9 as qos, * FROM t | Put * first",
                "FOREACH payload.l DO item FROM t | AS e",
            })
    void warnsOfWhatIsProbablyNotMeant(String sql, String warning) {
        assertThat(EmqxRule.compile(sql.strip()).warnings())
                .anySatisfy(found -> assertThat(found.message()).contains(warning));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(",
                "[",
                "not ",
                "-",
                "upper(",
                "1 + ",
                "true and ",
                "1 = 1 or ",
                "case when true then ",
                "a[",
                "[[",
            })
    void refusesDeepNesting(String part) {
        for (int times : new int[] {100, 300, 100_000}) {
            String sql = "SELECT 1 as x FROM t WHERE " + (part.strip() + " ").repeat(times) + "1";
            try {
                EmqxRule.compile(sql, Mode.AS_EMQX).evaluator();
            } catch (EmqxSyntaxException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void bordersOfDepthAreTold() {
        String deep = "1" + " + 1".repeat(250);
        assertThatThrownBy(() -> EmqxRule.compile("SELECT " + deep + " as x FROM t"))
                .isInstanceOf(EmqxSyntaxException.class)
                .hasMessageContaining("200");
        assertThat(rows("SELECT 1" + " + 1".repeat(150) + " as x FROM t", "{}").get(0))
                .containsEntry("x", 151L);
    }

    private static List<Map<String, Object>> rows(String sql, String payload) {
        List<Map<String, Object>> rows = new ArrayList<>();
        EmqxRule.compile(sql).evaluator().evaluate(TestMessage.of(payload), rows::add);
        return rows;
    }

    @Test
    void decodesDeepDocumentsWithoutEndOfTheStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        for (String sql :
                List.of(
                        "SELECT payload.x as x FROM t",
                        "SELECT payload[1] as x FROM t",
                        "SELECT payload.x[i] as x FROM t")) {
            assertThatThrownBy(() -> rows(sql, deep))
                    .isInstanceOfSatisfying(
                            EmqxException.class,
                            e -> assertThat(e.head()).isEqualTo("decode_json_failed"));
        }
    }
}
