package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "/",
                "+",
                "#",
                "+/+",
                "a/+/b",
                "a/#",
                "/a",
                "a/",
                "$SYS/#",
                "$share/g/a",
                "$share/g/+/b/#",
                "a b"
            })
    void takesValidFilters(String filter) {
        assertThat(TopicFilter.parse(filter).text()).isEqualTo(filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a#",
                "#/a",
                "a/#/b",
                "a+",
                "+a/b",
                "a\0b",
                "$share/g",
                "$share//a",
                "$share/+/a",
                "$share/g/",
                "$share/a#/b"
            })
    void refusesOthersAndSaysWhy(String filter) {
        assertThatThrownBy(() -> TopicFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Topic filter '" + filter + "' is not valid: ");
    }

    @ParameterizedTest
    @CsvSource({"a/+/b, 2", "+/a, 1", "a/b/#, 0", "$share/g/a/+/b, 2", "$share/g/+, 1", "#, 0"})
    void findsTheLevelOfTheFirstPlusInTheFilterOfASharedSubscriptionToo(String filter, int level) {
        assertThat(TopicFilter.parse(filter).firstPlusLevel()).isEqualTo(level);
    }

    @Test
    void knowsSharedSubscriptions() {
        assertThat(TopicFilter.parse("$share/g/a/b"))
                .isEqualTo(new TopicFilter("$share/g/a/b", "g", "a/b"));
        assertThat(TopicFilter.parse("$share/g/a/b").isShared()).isTrue();
        assertThat(TopicFilter.parse("a/b").isShared()).isFalse();
    }

    @Test
    void tellsWhatItMatches() {
        assertThat(TopicFilter.parse("a/+/c").matches("a/b/c")).isTrue();
        assertThat(TopicFilter.parse("a/+/c").matches("a/b/c/d")).isFalse();
        assertThat(TopicFilter.parse("a/+").matches("a")).isFalse();
        assertThat(TopicFilter.parse("a/#").matches("a")).isTrue();
        assertThat(TopicFilter.parse("a/#").matches("a/b/c")).isTrue();
        assertThat(TopicFilter.parse("#").matches("dead/letters")).isTrue();
        assertThat(TopicFilter.parse("#").matches("$SYS/x")).isFalse();
        assertThat(TopicFilter.parse("$share/g/a/+").matches("a/b")).isTrue();
        assertThat(TopicFilter.parse("a/b").matches("a/c")).isFalse();
    }
}
