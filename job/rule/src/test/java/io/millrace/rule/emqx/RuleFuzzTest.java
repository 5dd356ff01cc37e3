package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.library.Library;
import io.millrace.functions.library.RuleFunction;
import io.millrace.rule.emqx.convert.FlinkConverter;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever a rule and a payload are: there are rows, or one of the two documented exceptions, and
 * soon.
 */
class RuleFuzzTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> NAMES =
            Stream.concat(
                            Library.standard().functions().stream().map(RuleFunction::name),
                            Accessor.names().stream())
                    .toList();

    @Property(tries = 1500)
    void endsWell(@ForAll("rules") String sql, @ForAll("payloads") byte[] payload) {
        run(sql, payload, true);
    }

    @Property(tries = 1500)
    void endsWellForGarbage(@ForAll("garbage") String sql, @ForAll("payloads") byte[] payload) {
        run(sql, payload, false);
    }

    private static void run(String sql, byte[] payload, boolean parses) {
        long start = System.nanoTime();
        for (Mode mode : Mode.values()) {
            try {
                EmqxRule rule = EmqxRule.compile(sql, mode);
                FlinkConverter.convert(rule);
                evaluate(rule, payload);
            } catch (EmqxSyntaxException e) {
                assertThat(e.offset()).isBetween(0, sql.length());
                assertThat(e.getMessage()).isNotBlank();
                assertThat(parses && mode == Mode.AS_EMQX)
                        .as(sql + ": " + e.getMessage())
                        .isFalse();
            } catch (EmqxException e) {
                assertThat(e.head()).isNotBlank();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(sql).isLessThan(SOON);
    }

    /** Rows as maps and by position are the same. */
    private static void evaluate(EmqxRule rule, byte[] payload) {
        TestMessage message = TestMessage.of(payload);
        List<Map<String, Object>> rows = new ArrayList<>();
        Outcome outcome = rule.evaluator().evaluate(message, rows::add);
        assertThat(outcome == Outcome.PASSED).isEqualTo(!rows.isEmpty());
        if (rows.isEmpty() || rule.statement().toString().contains("random")) {
            return;
        }
        List<String> names = List.copyOf(rows.get(0).keySet());
        List<Integer> sizes = new ArrayList<>();
        rule.evaluator(names).evaluate(message, row -> sizes.add(row.length));
        assertThat(sizes).hasSameSizeAs(rows).allMatch(size -> size == names.size());
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.of(
                        "",
                        "no json",
                        "{}",
                        "{\"a\":1,\"b\":\"x\",\"l\":[1,2,{\"a\":3}],\"i\":2}",
                        "{\"a\":null,\"b\":1.5e300,\"l\":\"[1,2]\",\"i\":\"1\"}",
                        "{\"a\":{\"b\":{\"a\":-9223372036854775808}},\"l\":[],\"i\":-1}",
                        "{\"a\":\"{\\\"b\\\":[1]}\",\"b\":\"(a+)+$\",\"l\":[[1],[2]],\"i\":0}",
                        "[1,[2],{\"a\":1}]",
                        "\"{\\\"a\\\":1}\"",
                        "{\"a\":99999999999999999999999999,\"b\":\"\u0000é👍\",\"l\":{\"a\":[]}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> words =
                Arbitraries.of(
                        "SELECT",
                        "FOREACH",
                        "DO",
                        "INCASE",
                        "FROM",
                        "WHERE",
                        "AND",
                        "OR",
                        "NOT",
                        "IN",
                        "AS",
                        "CASE",
                        "WHEN",
                        "THEN",
                        "ELSE",
                        "END",
                        "(",
                        ")",
                        "[",
                        "]",
                        ",",
                        ".",
                        "..",
                        "+",
                        "-",
                        "*",
                        "/",
                        "div",
                        "mod",
                        "=",
                        "!=",
                        "<",
                        "=~",
                        "'a'",
                        "\"t\"",
                        "'",
                        "\"",
                        "1",
                        "1.5",
                        "--",
                        "\n",
                        "payload",
                        "a",
                        "upper",
                        "true",
                        ";",
                        "é",
                        "\u0000",
                        "''''",
                        "payload.a",
                        "[1..2]",
                        "x(");
        return words.list().ofMinSize(1).ofMaxSize(25).map(list -> String.join(" ", list));
    }

    @Provide
    Arbitrary<String> rules() {
        Arbitrary<String> where = conditions(2).map(c -> " WHERE " + c).injectNull(0.5);
        Arbitrary<String> select = fields().map(list -> "SELECT " + list);
        Arbitrary<String> foreach =
                Combinators.combine(
                                fields(),
                                values(2),
                                fields().map(list -> " DO " + list).injectNull(0.3),
                                conditions(1).map(c -> " INCASE " + c).injectNull(0.5))
                        .as(
                                (before, array, output, incase) ->
                                        "FOREACH %s, %s as e%s%s"
                                                .formatted(
                                                        before, array, text(output), text(incase)));
        return Combinators.combine(Arbitraries.oneOf(select, foreach), where)
                .as((body, condition) -> body + " FROM \"t/#\"" + text(condition));
    }

    private static String text(String optional) {
        return optional == null ? "" : optional;
    }

    private static Arbitrary<String> fields() {
        Arbitrary<String> field =
                Arbitraries.oneOf(
                        Arbitraries.just("*"),
                        values(2),
                        Combinators.combine(values(3), aliases()).as((v, a) -> v + " as " + a),
                        conditions(1)
                                .map(c -> "case when " + c + " then 1 else payload.a end as c"));
        return field.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(", ", list));
    }

    private static Arbitrary<String> aliases() {
        return Arbitraries.of(
                "a",
                "b",
                "payload",
                "payload.a",
                "a.b",
                "a[0]",
                "a[-0]",
                "a[2]",
                "a[i]",
                "qos",
                "\"x y\"",
                "e",
                "item",
                "a.b[1].c");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> leaves =
                Arbitraries.of(
                        "1",
                        "0",
                        "1.5",
                        "'a'",
                        "''",
                        "true",
                        "payload",
                        "payload.a",
                        "payload.l",
                        "payload.l[1]",
                        "payload.l[-1].a",
                        "payload.l[i]",
                        "payload.l[1..2]",
                        "payload.a.b[1]",
                        "payload.'b'",
                        "payload[1]",
                        "a",
                        "b",
                        "a.b",
                        "a[1]",
                        "e",
                        "e.a",
                        "item",
                        "qos",
                        "topic",
                        "nope",
                        "[1..3]",
                        "[]",
                        "'%Y'",
                        "'('",
                        "9223372036854775807",
                        "1000000000000",
                        "'second'",
                        "'+08:00'",
                        "'.a[]'",
                        "payload.b",
                        "'{\"a\":[1]}'",
                        "a[b]",
                        "payload.a[l[1]]");
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<String> below = values(depth - 1);
        Arbitrary<String> calls =
                Combinators.combine(
                                Arbitraries.of(NAMES).map(RuleFuzzTest::callable),
                                below.list().ofMaxSize(4))
                        .as((name, list) -> name + "(" + String.join(", ", list) + ")");
        Arbitrary<String> arithmetic =
                Combinators.combine(
                                below, Arbitraries.of("+", "-", "*", "/", " div ", " mod "), below)
                        .as((l, o, r) -> "(" + l + o + " " + r + ")");
        return Arbitraries.frequencyOf(
                Tuple.of(2, leaves),
                Tuple.of(4, calls),
                Tuple.of(2, arithmetic),
                Tuple.of(1, below.list().ofMaxSize(3).map(l -> "[" + String.join(",", l) + "]")));
    }

    /** Operators are functions of the library that rules do not call by name. */
    private static String callable(String name) {
        return Character.isLetter(name.charAt(0)) ? name : "abs";
    }

    private static Arbitrary<String> conditions(int depth) {
        Arbitrary<String> simple =
                Combinators.combine(
                                values(1),
                                Arbitraries.of("=", "!=", "<", ">", "<=", ">=", "=~"),
                                values(1))
                        .as((l, o, r) -> l + " " + o + " " + r);
        Arbitrary<String> in =
                Combinators.combine(values(1), values(0)).as((l, r) -> l + " in (" + r + ", 1)");
        if (depth == 0) {
            return Arbitraries.oneOf(simple, in, values(1));
        }
        Arbitrary<String> below = conditions(depth - 1);
        return Arbitraries.oneOf(
                simple,
                in,
                below.map(c -> "not " + c),
                Combinators.combine(below, Arbitraries.of(" and ", " or "), below)
                        .as((l, o, r) -> "(" + l + o + r + ")"));
    }
}
