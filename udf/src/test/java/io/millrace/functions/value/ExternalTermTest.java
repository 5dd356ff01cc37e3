package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalTermTest {
    private static byte[] encoded(Object value) {
        return Bytes.of(ExternalTerm.encode(value));
    }

    private static String hex(Object value) {
        return HexFormat.of().withUpperCase().formatHex(encoded(value));
    }

    @Test
    void writesWhatErlangWrites() {
        assertThat(hex(42L)).isEqualTo("83612A");
        assertThat(hex(-7L)).isEqualTo("8362FFFFFFF9");
        assertThat(hex(1L << 40)).isEqualTo("836E0600000000000001");
        assertThat(hex(-(1L << 40))).isEqualTo("836E0601000000000001");
        assertThat(hex("pump")).isEqualTo("836D0000000470756D70");
        assertThat(hex(List.of())).isEqualTo("836A");
        assertThat(hex(List.of(1L, 2L))).isEqualTo("836B00020102");
        assertThat(hex(List.of(1L, 256L))).isEqualTo("836C000000026101620000" + "01006A");
        assertThat(hex(JsonNull.NULL)).isEqualTo("8377046E756C6C");
        assertThat(hex(Map.of("k", true))).isEqualTo("8374000000016D000000016B770474727565");
        assertThat(hex(Bits.value(new byte[] {(byte) 0xe0}, 3))).isEqualTo("834D0000000103E0");
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatItWrites(Object value) {
        assertThat(ExternalTerm.decode(encoded(value))).isEqualTo(value);
    }

    static Stream<Object> values() {
        return Stream.of(
                0L,
                255L,
                256L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                BigInteger.TEN.pow(1000),
                BigInteger.TEN.pow(30).negate(),
                3.25,
                "",
                "温度",
                Bytes.value(new byte[] {(byte) 0xff}),
                Bits.value(new byte[] {1, (byte) 0x80}, 9),
                new Symbol("client.connected"),
                Collections.nCopies(70_000, 1L),
                Arrays.asList(1L, null, JsonNull.NULL, true, List.of("a"), Map.of("k", 1.5)));
    }

    @Test
    void refusesWhatRulesDoNotKnow() {
        for (String term : new String[] {"", "83", "82616101", "8368016101", "83FF", "8361"}) {
            byte[] bytes = HexFormat.of().parseHex(term);
            assertThatExceptionOfType(FunctionException.class)
                    .isThrownBy(() -> ExternalTerm.decode(bytes))
                    .matches(refused -> refused.head().equals("badarg"));
        }
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        byte[] term = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, term, 1, bytes.length);
        term[0] = (byte) ExternalTerm.VERSION;
        try {
            ExternalTerm.decode(term);
        } catch (FunctionException e) {
            assertThat(e.head()).isIn("badarg", "system_limit");
        }
    }
}
