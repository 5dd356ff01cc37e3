package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.Bytes;
import org.junit.jupiter.api.Test;

class EncodingFunctionsTest {

    @Test
    void writesBase64AsTheOptionsSay() {
        assertThat(call("base64_encode", "??>")).isEqualTo("Pz8+");
        assertThat(call("base64_encode", "??>", "urlsafe")).isEqualTo("Pz8-");
        assertThat(call("base64_encode", "a", "no_padding", "urlsafe")).isEqualTo("YQ");
        assertThat(call("base64_encode", "a", "whatever")).isEqualTo("YQ==");
        assertThat(refusal(() -> call("base64_encode", 42L)))
                .isEqualTo("bad_sql_function_argument");
    }

    @Test
    void readsBase64WithSpaceInIt() {
        assertThat(call("base64_decode", "aGVs\n bG8=\t\r")).isEqualTo("hello");
        assertThat(call("base64_decode", "3q2+7w=="))
                .isEqualTo(
                        Bytes.value(
                                new byte[] {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef}));
    }

    @Test
    void asksForPaddingUnlessTold() {
        for (String text : new String[] {"aGk", "%%%%", "3q2-7w==", "YQ==YQ==", "Y"}) {
            assertThat(refusal(() -> call("base64_decode", text)))
                    .isEqualTo("bad_sql_function_argument");
        }
        assertThat(call("base64_decode", "aGk", "no_padding")).isEqualTo("hi");
        assertThat(call("base64_decode", "aGk=", "no_padding")).isEqualTo("hi");
        assertThat(refusal(() -> call("base64_decode", "3q2+7w", "no_padding", "urlsafe")))
                .isEqualTo("bad_sql_function_argument");
    }

    @Test
    void undefinedIsATextInJsonAndNoJsonItself() {
        assertThat(call("json_encode", (Object) null)).isEqualTo("\"undefined\"");
        assertThat(refusal(() -> call("json_decode", (Object) null)))
                .isEqualTo("bad_sql_function_argument");
        assertThat(refusal(() -> call("json_decode", Bytes.value(new byte[] {(byte) 0xff}))))
                .isEqualTo("invalid_json");
        assertThat(refusal(() -> call("json_decode", "[".repeat(100_000))))
                .isEqualTo("invalid_json");
    }
}
