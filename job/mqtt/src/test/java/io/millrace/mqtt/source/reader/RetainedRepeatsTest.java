package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos1;
import static io.millrace.mqtt.source.reader.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetainedRepeatsTest {
    private final RetainedRepeats repeats = new RetainedRepeats();

    @Test
    void aRetainedMessageThatComesAgainOnTheNextConnectionIsARepeat() {
        assertThat(repeats.isRepeat(retained(1, "on", false))).isFalse();
        assertThat(repeats.isRepeat(retained(2, "on", false))).isTrue();
        assertThat(repeats.isRepeat(retained(3, "on", false))).isTrue();
    }

    @Test
    void anotherValueIsNone() {
        repeats.isRepeat(retained(1, "on", false));

        assertThat(repeats.isRepeat(retained(2, "off", false))).isFalse();
    }

    @Test
    void aRedeliveryIsNone() {
        repeats.isRepeat(retained(1, "on", false));

        assertThat(repeats.isRepeat(retained(2, "on", true))).isFalse();
    }

    @Test
    void anOrdinaryMessageIsNone() {
        repeats.isRepeat(retained(1, "on", false));

        assertThat(repeats.isRepeat(qos1(2, 1, "on"))).isFalse();
    }
}
