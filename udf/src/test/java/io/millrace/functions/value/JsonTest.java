package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void numbersKeepTheirKindAndAllDigits() {
        assertThat(Json.decode("[1, 1.0, 1e3, -0, 123456789012345678901234567890]"))
                .isEqualTo(
                        List.of(
                                1L,
                                1.0,
                                1000.0,
                                0L,
                                new BigInteger("123456789012345678901234567890")));
    }

    @Test
    void theLastMemberOfANameCountsAndNullIsAValue() {
        assertThat(Json.decode("{\"a\":1,\"b\":null,\"a\":\"x\"}"))
                .isEqualTo(Map.of("a", "x", "b", JsonNull.NULL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{oops",
                "{\"a\":1} x",
                "[1,]",
                "{a:1}",
                "01",
                "NaN",
                "1e400",
                "\"\\ud800\"",
                "\"a\nb\"",
                "[1]]",
                "'a'"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.decode(text))
                .isInstanceOfSatisfying(
                        FunctionException.class,
                        e -> assertThat(e.head()).isEqualTo("invalid_json"));
        assertThatThrownBy(() -> Json.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FunctionException.class);
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        assertThatThrownBy(() -> Json.decode("{}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(FunctionException.class);
        assertThatThrownBy(() -> Json.decode("\ufeff{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FunctionException.class);
    }

    @Test
    void depthIsBounded() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> Json.decode(deep)).isInstanceOf(FunctionException.class);
        List<Object> nested = List.of();
        for (int i = 0; i < 1000; i++) {
            nested = List.of(nested);
        }
        List<Object> tooDeep = nested;
        assertThatThrownBy(() -> Json.encode(tooDeep)).isInstanceOf(FunctionException.class);
    }

    @Test
    void valuesBecomeCompactJson() {
        assertThat(
                        Json.encode(
                                Arrays.asList(
                                        1L, "a\"\\\n\u0001é/", null, JsonNull.NULL, 2.0, true)))
                .isEqualTo("[1,\"a\\\"\\\\\\n\\u0001é/\",\"undefined\",null,2.0,true]");
        assertThat(Json.encode(Map.of("k", List.of(Map.of())))).isEqualTo("{\"k\":[{}]}");
        assertThat(Json.encode(Bytes.value(new byte[] {'a', (byte) 0xff, 'b'})))
                .isEqualTo("\"a\ufffdb\"");
    }
}
