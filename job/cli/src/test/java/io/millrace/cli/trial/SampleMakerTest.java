package io.millrace.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.trial.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleMakerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<String> notes = new ArrayList<>();

    private List<Sample> samples(SampleMaker maker, String... topics) {
        return maker.samples(
                List.of(Message.payload("1"), Message.payload("2")), Set.of(topics), notes);
    }

    @Test
    void makesATopicOfTheFilterAndSaysSo() {
        assertThat(samples(SampleMaker.plain(NOON), "$share/g/devices/+/t/#").get(0).topic())
                .isEqualTo("devices/d1/t/d1");
        assertThat(notes).hasSize(1).first().asString().contains("'devices/d1/t/d1'");

        notes.clear();
        assertThat(samples(SampleMaker.plain(NOON), "devices/t").get(0).topic())
                .isEqualTo("devices/t");
        assertThat(notes).isEmpty();
    }

    @Test
    void letsMessagesComeASecondAfterEachOther() {
        assertThat(samples(SampleMaker.plain(NOON), "t"))
                .extracting(Sample::receivedAt)
                .containsExactly(NOON, NOON.plusSeconds(1));
        Instant last = samples(SampleMaker.plain(null), "t").get(1).receivedAt();
        assertThat(last).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void tellsThePublisherTwice() {
        Sample sample =
                samples(new SampleMaker(null, "d7", 0, true, Map.of("k", "v"), NOON), "a/+").get(0);

        assertThat(sample.topic()).isEqualTo("a/d7");
        assertThat(sample.userProperties()).isEqualTo(Map.of("k", "v", "clientid", "d7"));
        assertThat(sample.qos()).isZero();
        assertThat(sample.retain()).isTrue();
    }

    @Test
    void asksForATopicThatItCannotMake() {
        assertThatThrownBy(() -> samples(SampleMaker.plain(NOON), "a", "b"))
                .hasMessageContaining("several topics")
                .hasMessageContaining("--topic");
        assertThatThrownBy(
                        () ->
                                samples(
                                        new SampleMaker("a/+", null, null, null, Map.of(), NOON),
                                        "a/+"))
                .hasMessageContaining("cannot have the topic 'a/+'");
    }
}
