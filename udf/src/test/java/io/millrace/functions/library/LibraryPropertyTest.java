package io.millrace.functions.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every function of the library, whatever it is given. */
class LibraryPropertyTest {
    private static final int MOST_ARGUMENTS = 6;

    @Property(tries = 6000)
    void anyArgumentsHaveAnAnswerOrTheDocumentedError(
            @ForAll("functions") RuleFunction function,
            @ForAll("arguments") List<Object> pool,
            @ForAll boolean known) {
        for (Overload overload : function.overloads()) {
            int count = overload.parameters().size();
            Object[] arguments = pool.subList(0, Math.min(count, pool.size())).toArray();
            call(overload, arguments, known);
        }
    }

    @Property(tries = 6000)
    void argumentsOfTheRightKindDoToo(
            @ForAll("functions") RuleFunction function,
            @ForAll("arguments") List<Object> pool,
            @ForAll("words") List<String> words) {
        for (Overload overload : function.overloads()) {
            Object[] arguments = new Object[overload.parameters().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = fitting(overload.parameters().get(i).kind(), pool, words.get(i));
            }
            call(overload, arguments, false);
        }
    }

    private static Object fitting(Kind kind, List<Object> pool, String word) {
        if (kind == Kind.TEXT || kind == Kind.BYTES || kind == Kind.BITS) {
            return word;
        }
        for (Object value : pool) {
            try {
                return kind.argument(value, "f", "p");
            } catch (FunctionException e) {
                // The next one may fit.
            }
        }
        return null;
    }

    private static void call(Overload overload, Object[] arguments, boolean known) {
        try {
            Constants constants = Constants.none(arguments.length);
            for (int i = 0; known && i < arguments.length; i++) {
                constants = constants.with(i, arguments[i]);
            }
            Body body = overload.prepare(constants);
            Object answer = body.call(arguments.clone());
            assertThat(isValue(answer)).as("%s answers %s", overload.function(), answer).isTrue();
        } catch (FunctionException e) {
            assertThat(e.head()).isNotBlank();
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static boolean isValue(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(LibraryPropertyTest::isValue);
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(String.class::isInstance)
                    && map.values().stream().allMatch(LibraryPropertyTest::isValue);
        }
        if (value instanceof BigInteger integer) {
            return Integers.value(integer) == integer;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        return value == null
                || value == JsonNull.NULL
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof String
                || value instanceof Bytes
                || value instanceof Bits
                || value instanceof Symbol;
    }

    @Provide
    Arbitrary<RuleFunction> functions() {
        return Arbitraries.of(List.copyOf(Library.standard().functions()));
    }

    @Provide
    Arbitrary<List<Object>> arguments() {
        return values().list().ofSize(MOST_ARGUMENTS);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return texts().list().ofSize(MOST_ARGUMENTS);
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> scalars = scalars();
        Arbitrary<Object> arrays =
                scalars.list().ofMaxSize(4).map(list -> Arrays.asList(list.toArray()));
        Arbitrary<Object> maps =
                scalars.list()
                        .ofMaxSize(3)
                        .map(
                                members -> {
                                    Map<String, Object> map = new LinkedHashMap<>();
                                    members.forEach(member -> map.put("k" + map.size(), member));
                                    return map;
                                });
        return Arbitraries.oneOf(scalars, scalars, arrays, maps);
    }

    private static Arbitrary<Object> scalars() {
        Object[] odd = {
            null,
            JsonNull.NULL,
            true,
            false,
            0L,
            -1L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1_000_000_000_000L,
            BigInteger.TWO.pow(64),
            BigInteger.TWO.pow(4000).negate(),
            0.0,
            -0.0,
            1e308,
            Double.MIN_VALUE,
            Bytes.value(new byte[] {(byte) 0xff, 'a'}),
            Bits.value(new byte[] {112}, 7),
            new Symbol("message.publish")
        };
        Arbitrary<Object> integers = Arbitraries.longs().map(x -> (Object) x);
        Arbitrary<Object> small = Arbitraries.longs().between(-3, 300).map(x -> (Object) x);
        Arbitrary<Object> floats =
                Arbitraries.doubles().filter(Double::isFinite).map(x -> (Object) x);
        Arbitrary<Object> text = texts().map(x -> (Object) x);
        return Arbitraries.oneOf(Arbitraries.of(odd), integers, small, floats, text);
    }

    private static Arbitrary<String> texts() {
        Arbitrary<String> known =
                Arbitraries.of(
                        "",
                        "{}",
                        "{\"a\":[1,2]}",
                        "[1,2]",
                        "a.b",
                        ".a",
                        "leading",
                        "trailing",
                        "both",
                        "integer",
                        "float",
                        "signed",
                        "little",
                        "second",
                        "millisecond",
                        "+08:00",
                        "%Y-%m-%d %H:%M:%S",
                        "2024-02-29T12:00:00Z",
                        "~p ~s",
                        "(a|b)*c",
                        "\\1&",
                        "sha256",
                        "616263",
                        "aGVsbG8=",
                        "-12.50",
                        "99999999999999999999",
                        "e\u0301\r\n",
                        "\ud83d\udc4d\ud83c\udffd");
        // Without halves of surrogate pairs, which no text has.
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\0', '\ud7ff').ascii().ofMaxLength(20);
        return Arbitraries.oneOf(known, any);
    }
}
