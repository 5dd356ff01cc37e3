package io.millrace.functions.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Json;
import io.millrace.functions.value.JsonNull;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqEngineTest {
    /** Fewer steps than usual, to be quick. */
    private final JqEngine engine = new JqEngine(1_000_000);

    private String run(String program, Object input) {
        return Json.encode(engine.compile(program).run(input, 10_000));
    }

    private FunctionException failure(String program, Object input) {
        Throwable thrown = catchThrowable(() -> run(program, input));
        assertThat(thrown).isInstanceOf(FunctionException.class);
        FunctionException failure = (FunctionException) thrown;
        assertThat(failure.head()).isEqualTo("jq_exception");
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                ".b[]¦                        {\"b\":[1,2]}¦            [1,2]",
                ".¦                           [3.0,1e3]¦                [[3.0,1000.0]]",
                ".[] | .v * 2¦                [{\"v\":1},{\"v\":2.5}]¦  [2,5]",
                "[.[] | {x: .a}]¦             [{\"a\":1}]¦              [[{\"x\":1}]]",
                "9007199254740993 + 0¦        0¦                        [9007199254740992]",
                "9e18 * 10¦                   0¦                        [9.0e19]",
                "nan, infinite¦               0¦              [null,1.7976931348623157e308]",
                ".[0] / .[1]¦                 [1,4]¦                    [0.25]",
                "capture(\"(?<first_name>\\\\w+) (?<n>\\\\d)\")¦ \"ann 7\"¦"
                        + " [{\"first_name\":\"ann\",\"n\":\"7\"}]",
                "[match(\"a\"; \"g\").offset]¦ \"😀aba\"¦               [[1,3]]",
                "test(\"B\"; \"i\")¦          \"abc\"¦                  [true]",
                "gsub(\"(?<d>\\\\d)\"; \"<\\(.d)>\")¦ \"a1b2\"¦         [\"a<1>b<2>\"]",
                "sub(\"b\"; \"x\", \"y\")¦    \"abc\"¦                  [\"axc\",\"ayc\"]",
                "split(\", *\"; null)¦        \"a, b,c\"¦               [[\"a\",\"b\",\"c\"]]",
                "[limit(3; repeat(1))]¦       0¦                        [[0,1,1]]",
                "[limit(3; range(1e18))]¦     0¦                        [[0,1,2]]",
                "add(.[].a), isempty(empty)¦  [{\"a\":1},{\"a\":2}]¦    [3,true]",
                "[skip(2; .[])]¦              [1,2,3,4]¦                [[3,4]]",
                "trim, ltrimstr(\" \")¦       \" a \"¦                  [\"a\",\"a \"]",
                "explode | implode¦           \"a😀\"¦                  [\"a😀\"]",
                "try error(\"x\") catch .¦    0¦                        [\"x\"]",
                ".[-1:], .[1:]¦               [1,2,3]¦                  [[3],[2,3]]",
                "to_entries¦                  {\"b\":1,\"a\":2}¦"
                        + " [[{\"key\":\"b\",\"value\":1},{\"key\":\"a\",\"value\":2}]]",
                ".a.b |= . + 1¦               {\"a\":{\"b\":1}}¦        [{\"a\":{\"b\":2}}]",
                "def f(x): x * 2; f(.[])¦     [1,2]¦                    [2,4]",
                "label $out | .[] | ., break $out¦ [1,2]¦               [1]",
                "\"\\(.a) is @{}\"¦           {\"a\":1}¦                [\"1 is @{}\"]",
                "@base64, @uri¦               \"a b\"¦                  [\"YSBi\",\"a%20b\"]",
                "paths¦                       {\"a\":[1]}¦              [[\"a\"],[\"a\",0]]",
                "walk(if type == \"number\" then . + 1 else . end)¦ [1,[2]]¦ [[2,[3]]]",
            })
    void programsAnswerAsJqDoes(String program, String input, String results) {
        assertThat(Json.decode(run(program, input))).isEqualTo(Json.decode(results));
    }

    @Test
    void membersOfMapsAreInOrderAndThoseOfTextsAsWritten() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1L);
        map.put("a", 2L);

        assertThat(run(".[]", map)).isEqualTo("[2,1]");
        assertThat(run(".[]", "{\"b\":1,\"a\":2}")).isEqualTo("[1,2]");
    }

    @Test
    void takesEveryValue() {
        assertThat(run(".", null)).isEqualTo("[\"undefined\"]");
        assertThat(run(".", JsonNull.NULL)).isEqualTo("[null]");
        assertThat(run(".[0]", List.of(true))).isEqualTo("[true]");
        assertThat(run(".", "123456789012345678901234567890"))
                .isEqualTo("[123456789012345678901234567890]");
    }

    @ParameterizedTest
    @ValueSource(strings = {".[", "{", "1 +", "if", "\"", ". as [$", "nosuch", "$nosuch", "a::b"})
    void refusesWhatIsNoProgram(String program) {
        failure(program, "1");
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThat(failure(".", "{oops")).hasMessageContaining("no JSON");
        assertThat(failure(".", "1 2")).hasMessageContaining("no JSON");
    }

    /** Each of them would run for hours, or take all memory or the whole stack. */
    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "def f: f; f",
                "def f: f, f; [f]",
                "def f(n): if n == 0 then 0 else f(n - 1), f(n - 1) end; [f(60)]",
                "def f: try f catch f; f",
                "[repeat(1)]",
                "last(repeat(1))",
                "last(range(1e18))",
                "[range(1e9)]",
                "reduce range(1e12) as $i (0; . + 1)",
                "[limit(1e9; repeat(1))] | length",
                "[.[] as $a | .[] as $b | .[] as $c | .[] as $d | .[] as $e | 1] | length",
                "[(0,1) as $a|(0,1) as $b|(0,1) as $c|(0,1) as $d|(0,1) as $e|(0,1) as $f|(0,1) as"
                        + " $g|(0,1) as $h|(0,1) as $i|(0,1) as $j|(0,1) as $k|(0,1) as $l|(0,1) as"
                        + " $m|(0,1) as $n|(0,1) as $o|(0,1) as $p|(0,1) as $q|(0,1) as $r|(0,1) as"
                        + " $s|(0,1) as $t|(0,1) as $u|(0,1) as $v|(0,1) as $w|(0,1) as $x|0]",
                "[((0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)"
                        + "+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1)+(0,1))]",
                "\"a\" * 1e9",
                "\"\" * 1e9",
                "reduce range(60) as $i (\"a\"; . + .)",
                "reduce range(60) as $i ([1]; . + .)",
                "reduce range(60) as $i (1; [., .]) | tojson",
                "reduce range(60) as $i (1; {a: ., b: .}) | [..] | length",
                "reduce range(60) as $i ({}; .a = . | .b = .a) | . + 1",
                "reduce range(1e6) as $i (0; [.])",
                "[range(1000) | \"a\" * 4000000]",
                "[range(1000) as $i | [range(100000)]]",
                ".[1e9] = 1",
                ".[1e9] |= 1",
                "setpath([1e9]; 1)",
                "[range(10000)] | map(tostring) | join(\"a\" * 100000)",
                "(\"[\" * 100000) | fromjson",
                "\"a\" * 4000000 | explode",
                "(\"a\" * 40) | test(\"^(a?){30}(a+)+\\\\2!\")",
                "(\"a\" * 100000) | test(\"(a|b)*c\")",
                "(\"a\" * 40) | gsub(\"a\"; \"x\", \"y\")",
                "\"x\" | until(false; . + \"x\")",
                "[combinations(40)]",
                "[range(3000)] | . as $x | contains([range(1e6)])",
            })
    void refusesWhatHasNoEnd(String program) {
        failure(program, "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "[", "{a:", "-", "if 1 then ", "try ", "\"\\(", ".a|", "1+", "not|"})
    void refusesProgramsThatAreTooDeep(String part) {
        failure(part.repeat(16_000 / part.length()), "1");
        failure(part.repeat(100_000), "1");
    }

    @Test
    void keepsTheTime() {
        long start = System.nanoTime();
        Throwable thrown =
                catchThrowable(() -> engine.compile("last(range(1e18))").run(JsonNull.NULL, 30));

        assertThat(thrown).isInstanceOf(FunctionException.class).hasMessageContaining("30 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    /** An overflow of the stack would be noticed, but may break classes that begin to be used. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f: f; f",
                "def f: 1 + f; f",
                "def f: [f]; f",
                "def f: {a: f}; f",
                "def f(g): f(g | g); f(.)",
                "def f: (.[]? | f), f; f",
                "def f: [.] as [$a] | reduce f as $x (0; .); f",
                "def f: if f then 1 else 2 end; f",
                "def f(g; h): f(h; g | h); f(.; .)",
                "def f: \"\\(f)\"; f",
                "def f: first(f); f",
                "def f: path(f); f",
                "def f: {} | .a |= f; f",
                "def f: [1] | map(f); f",
                "def f: label $x | try f catch 1; f",
                "def f: while(true; f); f",
                "def f: recurse(f); f",
                "[recurse([.])] | length",
                "def f(a; b; c; d; e; g; h; i): f(b; c; d; e; g; h; i; a); f(1;1;1;1;1;1;1;1)",
                "def f: [1, 2] | sort_by(f); f"
            })
    void theDepthFitsTheStackOfATask(String program) throws Exception {
        String[] message = new String[1];
        Thread task =
                new Thread(
                        null, () -> message[0] = failure(program, "1").getMessage(), "t", 1 << 20);
        task.start();
        task.join();

        assertThat(message[0]).contains("more than").contains("deep");
    }

    @Test
    void worksAgainAfterAFailure() {
        failure("def f: f; f", "1");

        assertThat(run(". + 1", "1")).isEqualTo("[2]");
    }

    @Test
    void goesThroughLongDocuments() {
        List<Long> numbers = LongStream.range(0, 20_000).boxed().toList();

        assertThat(run("map(. * 2) | add", numbers)).isEqualTo("[399980000]");
        assertThat(run("[.[] | select(. % 2 == 0)] | length", numbers)).isEqualTo("[10000]");
    }

    @Test
    void loopsNeedNoStack() {
        assertThat(run("until(. > 50000; . + 1)", "1")).isEqualTo("[50001]");
        assertThat(run("[while(. < 20000; . + 1)] | length", "1")).isEqualTo("[19999]");
        assertThat(run("[limit(5; repeat(. * 2))]", "1")).isEqualTo("[[1,2,4,8,16]]");
        assertThat(run("[recurse(if . < 3 then . + 1, . + 2 else empty end)]", "1"))
                .isEqualTo("[[1,2,3,4,3]]");
        assertThat(run("[path(recurse(.a?; . != null))] | length", "{\"a\":{\"a\":1}}"))
                .isEqualTo("[3]");
        assertThat(run("[recurse] | length", "[1,[2]]")).isEqualTo("[4]");
    }
}
