package io.millrace.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedTextTest {
    private final MaskedText text = new MaskedText("SELECT ab, cd FROM ef");

    @Test
    void placesBehindAReplacementAreThoseOfTheOriginal() {
        text.replace(7, 9, "CAST(NULL AS STRING)");
        text.replace(19, 21, "x");

        assertThat(text.text()).isEqualTo("SELECT CAST(NULL AS STRING), cd FROM x");
        assertThat(text.original(text.text().indexOf("cd"), false)).isEqualTo(11);
        assertThat(text.original(text.text().indexOf("cd") + 2, true)).isEqualTo(13);
        assertThat(text.original(text.text().indexOf("x"), false)).isEqualTo(19);
        assertThat(text.original(text.text().length(), true)).isEqualTo(21);
    }

    @Test
    void placesInsideAReplacementAreItsEnds() {
        text.replace(7, 9, "CAST(NULL AS STRING)");

        assertThat(text.original(12, false)).isEqualTo(7);
        assertThat(text.original(12, true)).isEqualTo(9);
        assertThat(text.isReplaced(7)).isTrue();
        assertThat(text.isReplaced(11)).isFalse();
    }

    @Test
    void aWiderReplacementSwallowsThoseInIt() {
        text.replace(11, 13, "long one");
        text.replace(7, 13, "1");

        assertThat(text.text()).isEqualTo("SELECT 1 FROM ef");
        assertThat(text.text(14, 18)).isEqualTo("FROM");
        assertThat(text.original(9, false)).isEqualTo(14);
    }
}
