package io.millrace.functions.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.value.FunctionException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[[:alpha:]]+ ~ 1a ~ true",
                "^[[:^alpha:]]+$ ~ 1a ~ false",
                "[[] ~ [ ~ true",
                "[a&&b] ~ & ~ true",
                "[]a]+$ ~ ]a ~ true",
                "^[^]]$ ~ ] ~ false",
                "a{,x} ~ a{,x} ~ true",
                "a{ ~ a{ ~ true",
                "^a{2}$ ~ aa ~ true",
                "^(?P<my_name>a)(?P=my_name)$ ~ aa ~ true",
                "^(?<n>a)\\k{n}\\g1\\g{1}$ ~ aaaa ~ true",
                "^\\x41\\x{42}\\103$ ~ ABC ~ true",
                "^.$ ~ é ~ false",
                "^..$ ~ é ~ true",
                "^\\w+$ ~ Ã ~ false",
                "(?i)ABC ~ xabc ~ true",
                "(?i:A)B ~ aB ~ true",
                "(?x) a b # c ~ ab ~ true",
                "^[\\w-.]+$ ~ a-. ~ true",
                "^\\d+(?=px) ~ 12px ~ true",
                "\\bfoo\\b ~ a foo b ~ true",
                "^\\Qa.b\\E$ ~ a.b ~ true",
                "^\\Qa.b\\E$ ~ axb ~ false",
                "^(?>a+)b ~ aab ~ true",
                "^\\h\\N\\R?$ ~ ` x` ~ true",
                "^\\p{Lu}\\P{Lu}$ ~ Aa ~ true",
                "]}$ ~ ]} ~ true"
            })
    void patternsOfPcreMatch(String pattern, String text, boolean matches) {
        assertThat(Regex.compile(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void aLineEndAtTheEndIsLeftOut() {
        assertThat(Regex.compile("a$").matches("a\n")).isTrue();
        assertThat(Regex.compile("a$").matches("a\r\n")).isFalse();
        assertThat(Regex.compile("^a.b$").matches("a\rb")).isTrue();
        assertThat(Regex.compile("^a.b$").matches("a\nb")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "(",
                ")",
                "*a",
                "a)",
                "(?R)",
                "(?1)",
                "(?(1)a|b)",
                "\\y",
                "\\1",
                "(?P=x)",
                "[b-a]",
                "a{2,1}",
                "a{99999999}",
                "((a{60000}){60000}){60000}",
                "\\",
                "(?<n>a)(?<n>b)",
                "\\x{100}",
                "(*UTF8)a",
                "a\\Kb",
                "(?|a|b)",
                "\\p{Nonsense}"
            })
    void whatCannotRunIsRefused(String pattern) {
        assertThatThrownBy(() -> Regex.compile(pattern))
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.head()).isEqualTo("badarg"));
    }

    @Test
    void groupsAreThoseUpToTheLastThatTookPart() {
        assertThat(Regex.compile("(a)(x)?(b)").extract("ab")).isEqualTo(List.of("a", "", "b"));
        assertThat(Regex.compile("(a)(x)?").extract("ab")).isEqualTo(List.of("a"));
        assertThat(Regex.compile("a").extract("a")).isEqualTo(List.of());
        assertThat(Regex.compile("(z)").extract("a")).isEqualTo(List.of());
        assertThat(Regex.compile("(度)").extract("温度")).isEqualTo(List.of("度"));
    }

    @Test
    void replacementsHaveTheMatchAndItsGroups() {
        assertThat(replace("Sensor-07", "([a-z]+)-([0-9]+)", "\\2_\\1")).isEqualTo("S07_ensor");
        assertThat(replace("a1b22", "[0-9]+", "<&>")).isEqualTo("a<1>b<22>");
        assertThat(replace("a1", "1", "\\&\\\\\\n")).isEqualTo("a&\\n");
        assertThat(replace("ab", "(a)(b)", "\\g{2}\\g1\\3")).isEqualTo("ba");
        assertThat(replace("é", "é", "\\")).isEqualTo("\\");
        assertThat(replace("温 度", "\\s", "")).isEqualTo("温度");
    }

    private static Object replace(String text, String pattern, String by) {
        return Regex.compile(pattern).replace(text, Replacement.compile(by));
    }

    @Test
    void matchingIsBounded() {
        String text = "a".repeat(40) + "b";
        assertThatThrownBy(() -> Regex.compile("(a+)+$").matches(text))
                .isInstanceOfSatisfying(
                        FunctionException.class,
                        e -> assertThat(e.head()).isEqualTo("match_limit"));
        assertThatThrownBy(() -> Regex.compile("^(a|b)*c").matches("ab".repeat(200_000)))
                .isInstanceOf(FunctionException.class);
        assertThat(Regex.compile("[ab]*c$").matches("ab".repeat(200) + "c")).isTrue();
        assertThatThrownBy(() -> Regex.compile("(".repeat(30_000) + ")".repeat(30_000)))
                .isInstanceOf(FunctionException.class);
    }

    @Property(tries = 2000)
    void anyPatternEitherRunsOrIsRefused(
            @ForAll @StringLength(max = 12) @CharRange(from = '!', to = '~') String pattern,
            @ForAll @StringLength(max = 20) String text) {
        try {
            Regex regex = Regex.compile(pattern);
            regex.matches(text);
            regex.extract(text);
            regex.replace(text, Replacement.compile(pattern));
        } catch (FunctionException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
