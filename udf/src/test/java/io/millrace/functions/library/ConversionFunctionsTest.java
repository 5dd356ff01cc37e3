package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.JsonNull;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionFunctionsTest {
    private static final String BAD = "bad_sql_function_argument";

    @Test
    void integersAreCutDown() {
        assertThat(call("int", -2.5)).isEqualTo(-3L);
        assertThat(call("int", "-9.01")).isEqualTo(-10L);
        assertThat(call("int", "+8")).isEqualTo(8L);
        assertThat(call("int", "1.5e3")).isEqualTo(1500L);
        assertThat(call("int", 1e22)).isEqualTo(BigInteger.TEN.pow(22));
        assertThat(call("int", true)).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 1", "1e3", "abc", "0x10", "1_000", ".5", "5.", "1.e3", "1.0e", "+"})
    void whatErlangReadsAsNoNumberIsRefused(String text) {
        assertThat(refusal(() -> call("int", text))).isEqualTo("badarg");
        assertThat(refusal(() -> call("float", text))).isEqualTo("badarg");
    }

    @Test
    void digitsWithoutEndAreRefused() {
        String digits = "9".repeat(1_000_000);
        assertThat(refusal(() -> call("int", digits))).isEqualTo("badarg");
        assertThat(refusal(() -> call("float", digits + ".0"))).isEqualTo("badarg");
    }

    @Test
    void floatsAreRoundedByTheirText() {
        assertThat(call("float", "3")).isEqualTo(3.0);
        assertThat(call("float", "2.345", 2L)).isEqualTo(2.35);
        assertThat(call("float", 42L, 3L)).isEqualTo(42.0);
        assertThat(refusal(() -> call("float", 1.5, 0L))).isEqualTo(BAD);
        assertThat(refusal(() -> call("float", 1.5, 300L))).isEqualTo("badarg");
        assertThat(refusal(() -> call("float", BigInteger.TEN.pow(400)))).isEqualTo("badarg");
        assertThat(refusal(() -> call("float2str", 42L, 2L))).isEqualTo("badarg");
    }

    @Test
    void booleansAreFew() {
        assertThat(call("bool", 1.0)).isEqualTo(true);
        assertThat(call("bool", "false")).isEqualTo(false);
        for (Object other : Arrays.asList("1", "TRUE", 2L, null, JsonNull.NULL, List.of())) {
            assertThat(refusal(() -> call("bool", other))).isEqualTo("badarg");
        }
    }

    @Test
    void bitsAndBytesAreHexadecimal() {
        assertThat(call("bin2hexstr", Bits.value(new byte[] {0x60}, 6))).isEqualTo("18");
        assertThat(call("bin2hexstr", Bits.value(new byte[] {0x61, 0x60}, 12))).isEqualTo("616");
        assertThat(call("bin2hexstr", "pump", null)).isEqualTo("70756D70");
        assertThat(call("hexstr2bin", "abc"))
                .isEqualTo(Bytes.value(new byte[] {0x0a, (byte) 0xbc}));
        assertThat(refusal(() -> call("hexstr2bin", "0g"))).isEqualTo(BAD);
        assertThat(refusal(() -> call("hexstr2bin", "0X41", "0x")))
                .isEqualTo("binary_prefix_unmatch");
        assertThat(refusal(() -> call("hexstr2bin", "41", null))).isEqualTo(BAD);
    }

    @Test
    void emptinessIsAskedOfTextsArraysAndMaps() {
        assertThat(call("is_empty", List.of())).isEqualTo(true);
        assertThat(call("is_empty", "{}")).isEqualTo(true);
        assertThat(call("is_empty", Map.of("a", 1L))).isEqualTo(false);
        assertThat(refusal(() -> call("is_empty", " "))).isEqualTo("invalid_json");
        assertThat(refusal(() -> call("is_empty", "[1]"))).isEqualTo("badarg");
        assertThat(refusal(() -> call("is_empty", (Object) null))).isEqualTo("badarg");
    }

    @Test
    void numbersAreRoundedToIntegers() {
        assertThat(call("round", -2.5)).isEqualTo(-3L);
        assertThat(call("ceil", -2.5)).isEqualTo(-2L);
        assertThat(call("round", 1e22)).isEqualTo(BigInteger.TEN.pow(22));
        assertThat(call("acosh", 1.0000001)).isEqualTo(4.4721359190373475e-4);
        assertThat(call("asinh", -1e200)).isEqualTo(-461.2101657793691);
        assertThat(call("log2", 1024L)).isEqualTo(10.0);
        assertThat(refusal(() -> call("atan", BigInteger.TEN.pow(400)))).isEqualTo("badarith");
        assertThat(refusal(() -> call("power", 0L, -1L))).isEqualTo("badarith");
        assertThat(refusal(() -> call("atanh", 1L))).isEqualTo("badarith");
        assertThat(refusal(() -> call("abs", -1.5))).isEqualTo(BAD);
    }
}
