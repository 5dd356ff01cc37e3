package io.millrace.tdengine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void escapesBackslashesBeforeQuotes() {
        assertThat(SqlText.literal("a'b\\'c")).isEqualTo("'a\\'b\\\\\\'c'");
    }

    @Test
    void refusesNamesThatWouldLeaveTheirBackTicks() {
        assertThat(SqlText.name("Temp Hum")).isEqualTo("`Temp Hum`");
        assertThatThrownBy(() -> SqlText.name("a`b")).hasMessageContaining("a`b");
    }
}
