package io.millrace.devkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TDengineUnderTestTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:TAOS-WS://127.0.0.1:6041/, 127.0.0.1:6041",
        "jdbc:TAOS-WS://td.example:16041/db?user=x, td.example:16041",
        "http://127.0.0.1:6041, 127.0.0.1:6041",
        "http://td.example, td.example:6041"
    })
    void takesTheAddressFromAUrl(String url, String address) {
        assertThat(TDengineUnderTest.address(url)).isEqualTo(address);
    }

    @Test
    void saysWhichUrlsAreAllowed() {
        assertThatThrownBy(() -> TDengineUnderTest.address("localhost:6041"))
                .hasMessageContaining("'localhost:6041'")
                .hasMessageContaining("jdbc:TAOS-WS://host:port/");
    }
}
