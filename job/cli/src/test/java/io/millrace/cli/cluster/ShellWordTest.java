package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(ShellWord.of("plant-7.a")).isEqualTo("plant-7.a");
        assertThat(ShellWord.of("plant 7")).isEqualTo("'plant 7'");
        assertThat(ShellWord.of("bob's")).isEqualTo("'bob'\\''s'");
        assertThat(ShellWord.of("")).isEqualTo("''");
    }
}
