package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicNameTest {
    @Test
    void namesWithoutWildcardsAreValid() {
        assertThat(TopicName.problem("devices/1/temp")).isNull();
        assertThat(TopicName.problem("/")).isNull();
        assertThat(TopicName.problem("größe/😀/ ")).isNull();
        assertThat(TopicName.problem("x".repeat(65_535))).isNull();
    }

    @Test
    void othersAreNot() {
        assertThat(TopicName.problem("")).isEqualTo("it is empty");
        assertThat(TopicName.problem("a/+/b")).isEqualTo("it holds the wildcard +");
        assertThat(TopicName.problem("a/#")).isEqualTo("it holds the wildcard #");
        assertThat(TopicName.problem("a\0b")).isEqualTo("it holds a NUL");
        assertThat(TopicName.problem("a\uD83D")).contains("single surrogate");
        assertThat(TopicName.problem("$share/g/a")).contains("shared subscription");
        assertThat(TopicName.problem("x".repeat(65_536)))
                .isEqualTo("it is longer than 65535 bytes");
        assertThat(TopicName.problem("ä".repeat(32_768)))
                .isEqualTo("it is longer than 65535 bytes");
    }

    @Test
    void aMessageIsCheckedAsAWhole() {
        assertThatThrownBy(() -> OutgoingMessage.to(null).build())
                .hasMessage("The message has no topic.");
        assertThatThrownBy(() -> OutgoingMessage.to("a/+").build())
                .hasMessage("Topic 'a/+' is not valid: it holds the wildcard +.");
        assertThatThrownBy(() -> OutgoingMessage.to("a").qos(2).build())
                .hasMessage("The qos is 2; allowed are 0 and 1.");
        assertThatThrownBy(() -> OutgoingMessage.to("a").messageExpiry(-1L).build())
                .hasMessageContaining("message expiry is -1 seconds");
        assertThatThrownBy(() -> OutgoingMessage.to("a").responseTopic("b/#").build())
                .hasMessageContaining("Response topic 'b/#'");
        assertThatThrownBy(() -> OutgoingMessage.to("a").userProperty("k", "v\0").build())
                .hasMessageContaining("User property 'k' with value");
        assertThatThrownBy(() -> OutgoingMessage.to("a").correlationData(new byte[70_000]).build())
                .hasMessageContaining("correlation data take 70000 bytes");
    }
}
