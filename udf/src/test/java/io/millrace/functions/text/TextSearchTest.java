package io.millrace.functions.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.value.FunctionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TextSearchTest {
    private static final String ACUTE = "\u0301";

    @Test
    void charactersAreCountedAsPeopleDo() {
        assertThat(Graphemes.count("")).isZero();
        assertThat(Graphemes.count("héllo")).isEqualTo(5);
        assertThat(Graphemes.count("e" + ACUTE + "a")).isEqualTo(2);
        assertThat(Graphemes.count("温度传感器")).isEqualTo(5);
        assertThat(Graphemes.count("a\r\nb")).isEqualTo(3);
        assertThat(Graphemes.count("ok\ud83d\udc4d\ud83c\udffd!")).isEqualTo(4);
        assertThat(Graphemes.count("\ud83c\udde9\ud83c\uddea\ud83c\uddeb\ud83c\uddf7"))
                .isEqualTo(2);
        assertThat(Graphemes.count("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"))
                .isEqualTo(1);
    }

    @Test
    void aLetterIsNotFoundInsideOfAnAccentedOne() {
        assertThat(TextSearch.first("e" + ACUTE + "e", "e", 0)).isEqualTo(2);
        assertThat(TextSearch.split("a\r\nb", "\r")).containsExactly("a\r\nb");
        assertThat(TextSearch.split("a\r\nb", "\r\n")).containsExactly("a", "b");
        assertThat(TextSearch.split("a\r\nb", "\n")).containsExactly("a\r", "b");
    }

    @Test
    void partsAreCutAtSeparators() {
        assertThat(TextSearch.split("a;b;;c", ";")).containsExactly("a", "b", "", "c");
        assertThat(TextSearch.split("abc", "")).containsExactly("abc");
        assertThat(TextSearch.splitOnce("a;b;c", ";", true)).containsExactly("a", "b;c");
        assertThat(TextSearch.splitOnce("a;b;c", ";", false)).containsExactly("a;b", "c");
        assertThat(TextSearch.replace("ababef", "ab", "cd")).isEqualTo("cdcdef");
        assertThat(TextSearch.replaceOnce("abab", "ab", "", false)).isEqualTo("ab");
        assertThat(Tokens.of(" a, b;c", " ,;", false)).isEqualTo(List.of("a", "b", "c"));
        assertThat(Tokens.of("a,b\r\nc d\n", ",", true)).isEqualTo(List.of("a", "b", "c d"));
        assertThat(Tokens.of("温、度", "、", false)).hasSize(3);
    }

    @Test
    void longTextsOfOneCharacterTakeNoTime() {
        String text = "a" + ACUTE.repeat(200_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    assertThat(Graphemes.count(text)).isEqualTo(1);
                    assertThat(TextSearch.split(text, ACUTE)).hasSize(2);
                });
    }

    @Test
    void escapesAreReplaced() {
        assertThat(Unescape.of("a\\tb\\x41\\\\\\\"\\?")).isEqualTo("a\tbA\\\"?");
        assertThat(Unescape.of("\\x41bz")).isEqualTo("\u041bz");
        for (String wrong : List.of("\\q", "\\xZZ", "\\", "\\u0041", "\\xd800", "\\x110000")) {
            assertThatThrownBy(() -> Unescape.of(wrong))
                    .isInstanceOfSatisfying(
                            FunctionException.class,
                            e -> assertThat(e.head()).isEqualTo("unrecognized_escape_sequence"));
        }
    }
}
