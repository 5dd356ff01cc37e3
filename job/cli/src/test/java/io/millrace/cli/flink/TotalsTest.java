package io.millrace.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final Totals totals = new Totals();

    @Test
    void addsTasksUp() {
        totals.update(List.of(received("a", 10), received("b", 5)));

        assertThat(totals.of(Measure.RECEIVED)).isEqualTo(15);
        assertThat(totals.of(Measure.WRITTEN)).isZero();
    }

    @Test
    void keepsWhatEarlierAttemptsCounted() {
        totals.update(List.of(received("a", 100)));
        totals.update(List.of(received("a", 3)));
        totals.update(List.of(received("a", 50)));
        totals.update(List.of(received("a", 0)));
        totals.update(List.of(received("a", 7)));

        assertThat(totals.of(Measure.RECEIVED)).isEqualTo(100 + 50 + 7);
    }

    @Test
    void countsEachTasksAttemptsApart() {
        totals.update(List.of(received("a", 100), received("b", 100)));
        totals.update(List.of(received("a", 1), received("b", 110)));

        assertThat(totals.of(Measure.RECEIVED)).isEqualTo(101 + 110);
    }

    @Test
    void keepsCountersThatAreNotToldWhileTheJobStartsAgain() {
        totals.update(List.of(received("a", 100)));
        totals.update(List.of());

        assertThat(totals.of(Measure.RECEIVED)).isEqualTo(100);
    }

    @Test
    void takesGaugesAsTheyAreNow() {
        totals.update(List.of(new Sample("a", Measure.UNACKED, 10)));
        assertThat(totals.of(Measure.UNACKED)).isEqualTo(10);
        assertThat(totals.has(Measure.UNACKED)).isTrue();

        totals.update(List.of());
        assertThat(totals.of(Measure.UNACKED)).isZero();
        assertThat(totals.has(Measure.UNACKED)).isFalse();
    }

    private static Sample received(String key, long value) {
        return new Sample(key, Measure.RECEIVED, value);
    }
}
