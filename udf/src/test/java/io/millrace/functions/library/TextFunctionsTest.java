package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static io.millrace.functions.library.SqlCall.callWithConstants;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFunctionsTest {
    private static final String BAD = "bad_sql_function_argument";
    private static final Object NO_TEXT = Bytes.value(new byte[] {'A', (byte) 0xff});

    @Test
    void lettersChangeWithoutRegardToTheirPlace() {
        assertThat(call("lower", "ΟΔΟΣ")).isEqualTo("οδοσ");
        assertThat(call("lower", "İI")).isEqualTo("i\u0307i");
        assertThat(call("upper", "straße")).isEqualTo("STRASSE");
        assertThat(call("upper", true)).isEqualTo("TRUE");
    }

    @Test
    void whatIsNoTextIsRefusedByItsKind() {
        assertThat(refusal(() -> call("lower", (Object) null))).isEqualTo("badarg");
        assertThat(refusal(() -> call("lower", JsonNull.NULL))).isEqualTo("badarg");
        assertThat(refusal(() -> call("lower", NO_TEXT))).isEqualTo("badarg");
        assertThat(refusal(() -> call("lower", 1.5))).isEqualTo(BAD);
        assertThat(refusal(() -> call("replace", "a", JsonNull.NULL, "x"))).isEqualTo(BAD);
        assertThat(refusal(() -> call("regex_match", 42L, "4"))).isEqualTo("badarg");
        assertThat(refusal(() -> call("tokens", 42L, ","))).isEqualTo("badarg");
    }

    @Test
    void whiteSpaceIsNotEverySpace() {
        assertThat(call("trim", "\u00a0\u2003x\u3000")).isEqualTo("\u00a0\u2003x\u3000");
        assertThat(call("trim", " \t\u2028x \r\n")).isEqualTo("x");
        assertThat(call("ltrim", " \u0301x")).isEqualTo(" \u0301x");
        assertThat(call("ltrim", List.of(3L, 1L))).isEqualTo(List.of(3L, 1L));
        assertThat(call("ltrim", List.of(32L, 65L))).isEqualTo(List.of(65L));
        assertThat(refusal(() -> call("rtrim", List.of(3L)))).isEqualTo(BAD);
        assertThat(call("rtrim", "abcabc", "cb")).isEqualTo("abca");
        assertThat(call("rtrim", "e\u0301", "\u0301")).isEqualTo("e\u0301");
    }

    @Test
    void aReversedTextIsBrokenBeyondAscii() {
        assertThat(call("reverse", "a\r\nb")).isEqualTo("b\r\na");
        assertThat(call("reverse", "aé")).isEqualTo(Bytes.value(new byte[] {(byte) 0xe9, 'a'}));
        assertThat(refusal(() -> call("reverse", "温"))).isEqualTo("badarg");
    }

    @Test
    void partsCountCharacters() {
        assertThat(call("substr", "e\u0301a", 0L, 1L)).isEqualTo("e\u0301");
        assertThat(call("substr", "温度传", 1L)).isEqualTo("度传");
        assertThat(call("substr", "abc", 50L)).isEqualTo("");
        assertThat(refusal(() -> call("substr", "abc", -1L))).isEqualTo(BAD);
        assertThat(call("strlen", "ok\ud83d\udc4d\ud83c\udffd!")).isEqualTo(4L);
        assertThat(call("ascii", "温")).isEqualTo(230L);
        assertThat(refusal(() -> call("ascii", ""))).isEqualTo(BAD);
    }

    @Test
    void textsAreFilledAndNeverCut() {
        assertThat(call("pad", "pump", 7L, "both")).isEqualTo(" pump  ");
        assertThat(call("pad", "pump", 2L)).isEqualTo("pump");
        assertThat(call("pad", "pump", -2L)).isEqualTo("pump");
        assertThat(call("pad", "a", 3L, "leading", "xy")).isEqualTo("xyxya");
        assertThat(refusal(() -> call("pad", "a", 3L, "trailing", "温"))).isEqualTo("badarg");
        assertThat(call("pad", "a", 1L, "trailing", "温")).isEqualTo("a");
        assertThat(call("pad", "a", 2L, "trailing", "é"))
                .isEqualTo(Bytes.value(new byte[] {'a', (byte) 0xe9}));
        assertThat(refusal(() -> call("pad", "a", 1_000_000_000_000L))).isEqualTo("system_limit");
        assertThat(refusal(() -> callWithConstants("pad", "a", 3L, "middle"))).isEqualTo(BAD);
    }

    @Test
    void modesSayWhereToLook() {
        assertThat(call("split", "x/", "/", "trailing")).isEqualTo(List.of("x"));
        assertThat(call("split", "/x", "/", "leading_notrim")).isEqualTo(List.of("", "x"));
        assertThat(call("split", "", ",")).isEqualTo(List.of());
        assertThat(call("find", "a.b.c", ".", "trailing")).isEqualTo(".c");
        assertThat(call("find", "abc", "zz")).isEqualTo("");
        assertThat(call("replace", "abc", "", "z")).isEqualTo("abc");
        for (String function : List.of("split", "find", "tokens")) {
            assertThat(refusal(() -> call(function, "a", "b", "sometimes"))).isEqualTo(BAD);
        }
    }

    @Test
    void aPrefixIsTakenOffWhatHasOne() {
        assertThat(call("rm_prefix", "aaab", "a")).isEqualTo("aab");
        assertThat(call("rm_prefix", 42L, "4")).isEqualTo(42L);
        assertThat(call("rm_prefix", true, "t")).isEqualTo("rue");
        assertThat(refusal(() -> call("rm_prefix", null, "a"))).isEqualTo("badarg");
    }

    @Test
    void valuesAreJoinedByTheirTexts() {
        List<Object> mix = Arrays.asList(1L, "a", true, JsonNull.NULL, 2.5, List.of(9L), null);
        assertThat(call("concat", mix)).isEqualTo("1atruenull2.5\tundefined");
        assertThat(call("join_to_string", "|", mix)).isEqualTo("1|a|true|null|2.5|\t|undefined");
        assertThat(call("join_to_sql_values_string", mix))
                .isEqualTo("1, 'a', 'true', 'null', 2.5, '[9]', NULL");
        assertThat(call("join_to_sql_values_string", List.of("it's \\", 1e22)))
                .isEqualTo("'it\\'s \\\\', 10000000000000000000000.0");
        assertThat(call("concat", NO_TEXT, "b"))
                .isEqualTo(Bytes.value(new byte[] {'A', (byte) 0xff, 'b'}));
        assertThat(refusal(() -> call("concat", "a"))).isEqualTo("case_clause");
        assertThat(refusal(() -> call("join_to_string", 42L, mix))).isEqualTo(BAD);
    }

    @Test
    void redisGetsWhatItCanTake() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("t", 21.5);
        map.put("n", JsonNull.NULL);
        map.put("m", Map.of());
        map.put("b", true);
        assertThat(call("map_to_redis_hset_args", map))
                .isEqualTo(List.of(new Symbol("map_to_redis_hset_args"), "t", "21.5", "b", "true"));
        assertThat(call("map_to_redis_hset_args", "{oops"))
                .isEqualTo(List.of(new Symbol("map_to_redis_hset_args")));
    }

    @Test
    void knownPatternsAndFormatsAreCheckedBeforeTheFirstRow() {
        Library library = Library.standard();
        Overload regex = library.find("regex_match").orElseThrow().overload(2).orElseThrow();
        assertThat(refusal(() -> regex.prepare(Constants.none(2).with(1, "["))))
                .isEqualTo("badarg");
        Overload format = library.find("sprintf").orElseThrow().overload(3).orElseThrow();
        assertThat(refusal(() -> format.prepare(Constants.none(3).with(0, "~z"))))
                .isEqualTo("badarg");
    }
}
