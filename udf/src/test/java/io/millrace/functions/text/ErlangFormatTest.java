package io.millrace.functions.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErlangFormatTest {
    @Test
    void textsAreWrittenAndCutAndFilled() {
        assertThat(format("~s=~p", "k", 5L)).isEqualTo("k=5");
        assertThat(format("~s", "温度")).isEqualTo("温度");
        assertThat(format("~5s|~-5s|", "ab", "ab")).isEqualTo("   ab|ab   |");
        assertThat(format("~2s", "abc")).isEqualTo("ab");
        assertThat(format("~6.2.*s", "abc")).isEqualTo("****ab");
        assertThat(format("~s~s", (Object) null, JsonNull.NULL)).isEqualTo("undefinednull");
        assertThat(format("~s", List.of(104L, "i"))).isEqualTo("hi");
        assertThat(format("~ts", "é")).isEqualTo(Bytes.value(new byte[] {(byte) 0xe9}));
        assertThat(format("~~~n~c~3c", 65L, 66L)).isEqualTo("~\nABBB");
        assertThat(format("plain")).isEqualTo("plain");
    }

    @Test
    void numbersHaveWidthsAndBases() {
        assertThat(format("~2..0b", 7L)).isEqualTo("07");
        assertThat(format("~3..0b", -7L)).isEqualTo("0-7");
        assertThat(format("~8b|", 42L)).isEqualTo("      42|");
        assertThat(format("~.16b ~.16B ~.2b", 255L, 255L, 5L)).isEqualTo("ff FF 101");
        assertThat(format("~2b", 1234L)).isEqualTo("**");
        assertThat(format("~*b", 4L, 1L)).isEqualTo("   1");
        assertThat(format("~.16+ ~.16#", 255L, 255L)).isEqualTo("16#ff 16#FF");
        assertThat(format("~.16x", 255L, List.of(48L, 120L))).isEqualTo("0xff");
    }

    @Test
    void floatsAreRounded() {
        assertThat(format("~.2f", 3.14159)).isEqualTo("3.14");
        assertThat(format("~8.3.0f", 3.14159265358979)).isEqualTo("0003.142");
        assertThat(format("~.3f", 2.0005)).isEqualTo("2.001");
        assertThat(format("~f", -0.5)).isEqualTo("-0.500000");
        assertThat(format("~e", 3.14159265358979)).isEqualTo("3.14159e+0");
        assertThat(format("~.4e", 12345.678)).isEqualTo("1.235e+4");
        assertThat(format("~e", 9.999999e-7)).isEqualTo("1.00000e-6");
        assertThat(format("~e", 0.0)).isEqualTo("0.00000e+0");
        assertThat(format("~g ~g", 123.456, 1e10)).isEqualTo("123.456 1.00000e+10");
    }

    @Test
    void termsAreWrittenAsErlangDoes() {
        assertThat(format("~p", "x")).isEqualTo("<<\"x\">>");
        assertThat(format("~w", "x")).isEqualTo("<<120>>");
        assertThat(format("~p ~p", List.of(72L, 105L), List.of(3L, 1L))).isEqualTo("\"Hi\" [3,1]");
        assertThat(format("~lp", List.of(72L))).isEqualTo("[72]");
        assertThat(format("~p", Map.of("b", 1L, "a", List.of())))
                .isEqualTo("#{<<\"a\">> => [],<<\"b\">> => 1}");
        assertThat(format("~p ~p", 1000.0, new Symbol("message.publish")))
                .isEqualTo("1.0e3 'message.publish'");
        assertThat(format("~p", (Object) null)).isEqualTo("undefined");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refuses("~z", 1L);
        refuses("~");
        refuses("~s");
        refuses("~s", "a", "b");
        refuses("~s", 1L);
        refuses("~b", 3.1);
        refuses("~.2f", 42L);
        refuses("~.1e", 1.0);
        refuses("~.0f", 1.0);
        refuses("~.40b", 1L);
        refuses("~ts", "温");
        refuses("~99999999b", 1L);
        refuses("~*b", 1e9, 1L);
    }

    private static Object format(String format, Object... arguments) {
        return ErlangFormat.compile(format).format(Arrays.asList(arguments));
    }

    private static void refuses(String format, Object... arguments) {
        assertThatThrownBy(() -> format(format, arguments))
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.head()).isEqualTo("badarg"));
    }
}
