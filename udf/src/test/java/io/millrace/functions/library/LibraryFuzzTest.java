package io.millrace.functions.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever it is given, a function answers or refuses, and soon. */
class LibraryFuzzTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** A call that may be wrong in every way. */
    record Call(Overload overload, List<Object> arguments) {}

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void answersOrRefuses(@ForAll("calls") Call call) {
        long start = System.nanoTime();
        try {
            call.overload.prepare(constants(call)).call(call.arguments.toArray());
        } catch (FunctionException e) {
            assertThat(e.head()).matches("[a-z_0-9]+");
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    /** Every second argument is known. */
    private static Constants constants(Call call) {
        Constants constants = Constants.none(call.arguments.size());
        for (int i = call.arguments.hashCode() & 1; i < call.arguments.size(); i += 2) {
            constants = constants.with(i, call.arguments.get(i));
        }
        return constants;
    }

    @Provide
    Arbitrary<Call> calls() {
        List<Overload> overloads = new ArrayList<>();
        Library.standard().functions().forEach(function -> overloads.addAll(function.overloads()));
        return Arbitraries.of(overloads)
                .flatMap(
                        overload ->
                                values().list()
                                        .ofSize(overload.parameters().size())
                                        .map(arguments -> new Call(overload, arguments)));
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> scalars =
                Arbitraries.oneOf(
                        Arbitraries.longs().map(x -> x),
                        Arbitraries.longs().between(-3, 70).map(x -> x),
                        Arbitraries.doubles().map(x -> x),
                        Arbitraries.strings().ofMaxLength(20).map(x -> wellFormed(x)),
                        words().map(x -> x),
                        Arbitraries.of(true, false, JsonNull.NULL, new Symbol("a.b")),
                        Arbitraries.of(
                                BigInteger.TEN.pow(40),
                                BigInteger.TEN.pow(40).negate(),
                                Bytes.value(new byte[] {(byte) 0xff, 0}),
                                Bits.value(new byte[] {(byte) 0xa0}, 3)),
                        Arbitraries.just((Object) null).map(x -> null));
        return Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> scalars,
                () -> scalars.list().ofMaxSize(4).map(x -> x),
                () ->
                        Arbitraries.maps(words(), scalars.map(x -> x == null ? 1L : x))
                                .ofMaxSize(3)
                                .map(x -> x));
    }

    /** Half of a pair of surrogates is in no message. */
    private static Object wellFormed(String text) {
        return Bytes.value(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Texts that mean something to some function. */
    private static Arbitrary<String> words() {
        return Arbitraries.of(
                "",
                "a.b",
                "second",
                "nanosecond",
                "+08:00",
                "local",
                "%Y-%m-%d %H:%M:%S",
                "2024-02-29 23:59:59",
                "2024-02-29T23:59:59.5Z",
                "{\"a\":1,\"b\":[1,2]}",
                "[1,2]",
                "sha256",
                "urlsafe",
                "no_padding",
                "aGk=",
                ".[]?",
                "def f: f; f",
                "leading",
                "trailing",
                "both",
                "notrim",
                "~p ~s ~10..0b",
                "(a+)+$",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
                "integer",
                "float",
                "bits",
                "signed",
                "little",
                "1e400",
                "-0.0",
                "\\x41");
    }
}
