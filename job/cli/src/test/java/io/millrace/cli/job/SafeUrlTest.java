package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeUrlTest {
    @Test
    void showsNeitherUserNorPasswordNorQuery() {
        assertThat(SafeUrl.of("tcp://me:geheim@broker:1883")).isEqualTo("tcp://…@broker:1883");
        assertThat(SafeUrl.of("jdbc:TAOS-WS://gw:443/?token=geheim"))
                .isEqualTo("jdbc:TAOS-WS://gw:443/?…");
        assertThat(SafeUrl.of("http://localhost:6041")).isEqualTo("http://localhost:6041");
    }
}
