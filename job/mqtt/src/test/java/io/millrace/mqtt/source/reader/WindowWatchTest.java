package io.millrace.mqtt.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowWatchTest {
    private final WindowWatch watch = new WindowWatch();
    private long now = 1_000_000;

    @Test
    void tellsAWindowOnceAfterSeveralCheckpointsThatLookAlike() {
        assertThat(rounds(32, 32, 1, 5)).isFalse();
        assertThat(round(32, 32, 1)).isTrue();
        assertThat(rounds(32, 32, 1, 20)).isFalse();
    }

    @Test
    void trafficThatVariesIsNoWindow() {
        for (int i = 0; i < 30; i++) {
            assertThat(round(30 + i % 3, 30 + i % 3, 1)).isFalse();
        }
    }

    @Test
    void trafficThatComesInItsOwnTimeIsNoWindow() {
        assertThat(rounds(32, 32, 500, 30)).isFalse();
    }

    @Test
    void aJobThatIsBehindIsNoWindow() {
        assertThat(rounds(32, 5_000, 1, 30)).isFalse();
    }

    private boolean rounds(int unacked, int held, long delay, int count) {
        boolean told = false;
        for (int i = 0; i < count; i++) {
            told |= round(unacked, held, delay);
        }
        return told;
    }

    private boolean round(int unacked, int held, long delay) {
        watch.acknowledged(now);
        boolean told = watch.snapshot(unacked, held, now + delay);
        now += 1_000;
        return told;
    }
}
