package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static io.millrace.functions.library.SqlCall.callWithConstants;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BitFunctionsTest {
    private static final String BAD = "bad_sql_function_argument";

    private static Object bytes(String hex) {
        return Bytes.value(HexFormat.of().parseHex(hex));
    }

    @Test
    void integersHaveBitsWithoutEnd() {
        assertThat(call("bitnot", BigInteger.TWO.pow(64)))
                .isEqualTo(BigInteger.TWO.pow(64).negate().subtract(BigInteger.ONE));
        assertThat(call("bitand", -7L, 255L)).isEqualTo(249L);
        assertThat(call("bitxor", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(-1L);
        assertThat(call("bitsl", 1L, 70L)).isEqualTo(BigInteger.TWO.pow(70));
        assertThat(call("bitsl", 1024L, -10L)).isEqualTo(1L);
        assertThat(call("bitsr", -7L, 70L)).isEqualTo(-1L);
        assertThat(call("bitsr", 7L, Long.MAX_VALUE)).isEqualTo(0L);
        assertThat(refusal(() -> call("bitsl", 1L, 1_000_000_000_000L))).isEqualTo("system_limit");
        assertThat(call("bitsl", 0L, 1_000_000_000_000L)).isEqualTo(0L);
        assertThat(refusal(() -> call("bitnot", 3.0))).isEqualTo(BAD);
    }

    @Test
    void bytesAreCounted() {
        assertThat(call("bitsize", bytes("ff00aa"))).isEqualTo(24L);
        assertThat(call("bitsize", Bits.value(new byte[] {112}, 7))).isEqualTo(7L);
        assertThat(call("bytesize", "温")).isEqualTo(3L);
        assertThat(call("bytesize", List.of(1L, "ab", List.of(2L)))).isEqualTo(4L);
        assertThat(refusal(() -> call("bytesize", List.of(256L)))).isEqualTo("badarg");
        assertThat(refusal(() -> call("bytesize", 4L))).isEqualTo("badarg");
    }

    @Test
    void bitsAreTakenAsTheyAreThere() {
        assertThat(call("subbits", "pump", 4L)).isEqualTo(7L);
        assertThat(call("subbits", "pump", 40L)).isEqualTo(1886743920L);
        assertThat(call("subbits", "pump", -1L)).isEqualTo(1886743920L);
        assertThat(call("subbits", "pump", 2L, 7L)).isEqualTo(112L);
        assertThat(call("subbits", "pump", 32L, 8L)).isEqualTo(0L);
        assertThat(call("subbits", "pump", 33L, 8L)).isNull();
        assertThat(call("subbits", "pump", 0L, 8L)).isNull();
        assertThat(call("subbits", "", 8L)).isNull();
        assertThat(call("subbits", "a", 1L, 0L)).isEqualTo(0L);
    }

    @Test
    void numbersAreReadInEveryForm() {
        assertThat(call("subbits", bytes("fffe"), 1L, 4L, "integer", "signed")).isEqualTo(-1L);
        assertThat(call("subbits", bytes("fffe"), 1L, 16L, "integer", "signed", "little"))
                .isEqualTo(-257L);
        assertThat(call("subbits", bytes("010203"), 1L, 20L, "integer", "unsigned", "little"))
                .isEqualTo(513L);
        assertThat(callWithConstants("subbits", bytes("3c00"), 1L, 16L, "float")).isEqualTo(1.0);
        assertThat(call("subbits", bytes("0001"), 1L, 16L, "float")).isEqualTo(0x1p-24);
        assertThat(call("subbits", bytes("c0000000"), 1L, 32L, "float")).isEqualTo(-2.0);
        assertThat(call("subbits", bytes("0000803f"), 1L, 32L, "float", "signed", "little"))
                .isEqualTo(1.0);
        assertThat(call("subbits", bytes("0001ff7f"), 17L, 16L, "bits")).isEqualTo(bytes("ff7f"));
        assertThat(call("subbits", "abc", 1L, 6L, "bits"))
                .isEqualTo(Bits.value(new byte[] {0x60}, 6));
    }

    @Test
    void otherFormsAreRefused() {
        assertThat(refusal(() -> call("subbits", "a", 1L, 8L, "text"))).isEqualTo(BAD);
        assertThat(refusal(() -> call("subbits", "a", 1L, 8L, "integer", "maybe"))).isEqualTo(BAD);
        assertThat(refusal(() -> callWithConstants("subbits", "a", 1L, 8L, 1L))).isEqualTo(BAD);
        assertThat(refusal(() -> call("subbits", "abc", 1L, 24L, "float")))
                .isEqualTo("case_clause");
        assertThat(refusal(() -> call("subbits", bytes("7f800000"), 1L, 32L, "float")))
                .isEqualTo("badmatch");
        assertThat(refusal(() -> call("subbits", null, 8L))).isEqualTo(BAD);
    }
}
