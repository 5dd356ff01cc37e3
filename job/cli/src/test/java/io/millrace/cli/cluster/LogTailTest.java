package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTailTest {
    private final LogTail tail = new LogTail();

    @Test
    void showsTheLastLines() {
        assertThat(tail.last("a\nb\nc\n", 2)).containsExactly("b", "c");
    }

    @Test
    void showsEachLineOnceAndWhole() {
        tail.last("a\nb", 10);
        assertThat(tail.more("a\nbc\n")).containsExactly("bc");
        assertThat(tail.more("a\nbc\n")).isEmpty();
    }

    @Test
    void beginsAnewWithALogThatWasRolledOver() {
        tail.last("a\nb\n", 10);
        assertThat(tail.more("c\n")).containsExactly("c");
    }
}
