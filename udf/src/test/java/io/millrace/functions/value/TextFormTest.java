package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFormTest {
    @Test
    void scalarsHaveTheirTexts() {
        assertThat(TextForm.of("a")).isEqualTo("a");
        assertThat(TextForm.of(42L)).isEqualTo("42");
        assertThat(TextForm.of(1e-11)).isEqualTo("0.0");
        assertThat(TextForm.of(true)).isEqualTo("true");
        assertThat(TextForm.of(null)).isEqualTo("undefined");
        assertThat(TextForm.of(JsonNull.NULL)).isEqualTo("null");
        assertThat(TextForm.of(new Symbol("message.publish"))).isEqualTo("message.publish");
    }

    @Test
    void arraysOfCharactersAreTextsAndOthersJson() {
        assertThat(TextForm.of(List.of(72L, 105L))).isEqualTo("Hi");
        assertThat(TextForm.of(List.of())).isEqualTo("");
        assertThat(TextForm.of(List.of(9L))).isEqualTo("\t");
        assertThat(TextForm.of(List.of(3L, 1L, 2L))).isEqualTo("[3,1,2]");
        assertThat(TextForm.of(List.of(0xe9L))).isEqualTo(Bytes.value(new byte[] {(byte) 0xe9}));
        assertThat(TextForm.of(List.of(0x6e29L))).isEqualTo("[28201]");
        assertThat(TextForm.of(Arrays.asList(1L, null))).isEqualTo("[1,\"undefined\"]");
        assertThat(TextForm.of(Map.of("k", 1L))).isEqualTo("{\"k\":1}");
    }

    @Test
    void joinedBytesMayBecomeAText() {
        Object first = Bytes.value(new byte[] {(byte) 0xc3});
        Object second = Bytes.value(new byte[] {(byte) 0xa9});
        assertThat(TextForm.join(first, second)).isEqualTo("é");
        assertThat(TextForm.join("a", first)).isInstanceOf(Bytes.class);
    }

    @Test
    void bitsHaveNone() {
        assertThatThrownBy(() -> TextForm.of(Bits.value(new byte[] {112}, 7)))
                .hasMessageContaining("<<56:7>>");
    }
}
