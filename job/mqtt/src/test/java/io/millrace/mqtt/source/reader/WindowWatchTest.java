package io.millrace.mqtt.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowWatchTest {
    private final WindowWatch watch = new WindowWatch();
    private long now = 1_000_000;

    @Test
    void tellsAWindowAfterSeveralCheckpointsThatLookAlike() {
        assertThat(rounds(32, 32, 1, 5)).isZero();
        assertThat(round(32, 32, 1)).isEqualTo(32);
        assertThat(rounds(32, 32, 1, 20)).isEqualTo(32);
    }

    @Test
    void aWindowThatNoLongerLimitsIsNoneAnyMore() {
        rounds(32, 32, 1, 10);
        assertThat(round(7, 7, 1)).isZero();
    }

    @Test
    void trafficThatVariesIsNoWindow() {
        for (int i = 0; i < 30; i++) {
            assertThat(round(30 + i % 3, 30 + i % 3, 1)).isZero();
        }
    }

    @Test
    void trafficThatComesInItsOwnTimeIsNoWindow() {
        assertThat(rounds(32, 32, 500, 30)).isZero();
    }

    @Test
    void aJobThatIsBehindIsNoWindow() {
        assertThat(rounds(32, 5_000, 1, 30)).isZero();
    }

    /** The estimate after so many checkpoints. */
    private int rounds(int unacked, int held, long delay, int count) {
        int estimate = 0;
        for (int i = 0; i < count; i++) {
            estimate = round(unacked, held, delay);
        }
        return estimate;
    }

    private int round(int unacked, int held, long delay) {
        watch.acknowledged(now);
        int estimate = watch.snapshot(unacked, held, now + delay);
        now += 1_000;
        return estimate;
    }
}
