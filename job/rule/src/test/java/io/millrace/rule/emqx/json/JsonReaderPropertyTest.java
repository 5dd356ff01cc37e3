package io.millrace.rule.emqx.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The fast reader and the library's answer alike. */
class JsonReaderPropertyTest {

    @Property(tries = 2000)
    void readsWhatTheLibraryReads(@ForAll("documents") String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        Object expected;
        try {
            expected = Json.decode(bytes);
        } catch (FunctionException e) {
            expected = JsonException.class;
        }
        Object value;
        try {
            value = JsonReader.read(bytes);
        } catch (JsonException e) {
            value = JsonException.class;
        }
        assertThat(value).isEqualTo(expected);
        assertThat(member(bytes))
                .isEqualTo(expected instanceof Map<?, ?> map ? map.get("a") : null);
    }

    private static Object member(byte[] bytes) {
        MemberTree tree = new MemberTree();
        int slot = tree.add(List.of("a"));
        Object[] values = new Object[tree.size()];
        try {
            tree.read(bytes, values);
            return values[slot];
        } catch (JsonException e) {
            return null;
        }
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"b\"",
                        "\"",
                        "\\",
                        "\\n",
                        "\\u0041",
                        "\\ud83d\\ude00",
                        "\\ud83d",
                        "1",
                        "-",
                        "0",
                        ".",
                        "e",
                        "E+",
                        "-0",
                        "1.5",
                        "1e400",
                        "12345678901234567890",
                        "true",
                        "false",
                        "null",
                        " ",
                        "\n",
                        "\t",
                        "é",
                        "温",
                        "👍",
                        "\u0001",
                        "x",
                        "{\"a\":1}",
                        "{\"a\":",
                        "[1,2]",
                        "\"t\"");
        Arbitrary<String> garbage = pieces.list().ofMaxSize(12).map(list -> String.join("", list));
        return Arbitraries.oneOf(garbage, Arbitraries.lazy(() -> values(3)));
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars =
                Arbitraries.oneOf(
                        Arbitraries.of("true", "false", "null", "\"é\\u00e9\\n\"", "\"\""),
                        Arbitraries.longs().map(String::valueOf),
                        Arbitraries.doubles().map(String::valueOf),
                        Arbitraries.bigIntegers().map(String::valueOf),
                        Arbitraries.bigDecimals().map(String::valueOf));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<String> below = values(depth - 1);
        Arbitrary<String> lists =
                below.list().ofMaxSize(3).map(list -> "[" + String.join(" , ", list) + "]");
        Arbitrary<String> maps =
                Combinators.combine(Arbitraries.of("\"a\"", "\"b\"", "\"\\u0061\""), below)
                        .as((name, value) -> name + ":" + value)
                        .list()
                        .ofMaxSize(4)
                        .map(list -> "{" + String.join(",", list) + "}");
        return Arbitraries.oneOf(scalars, lists, maps);
    }
}
