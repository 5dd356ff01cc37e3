package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    @Test
    void waitsNoLongerThanAllowed() throws InterruptedException {
        assertThat(new StopSignal().await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void endsTheWaitWhenRaised() throws InterruptedException {
        StopSignal signal = new StopSignal();
        signal.raise();

        assertThat(signal.isRaised()).isTrue();
        assertThat(signal.await(Duration.ofHours(1))).isTrue();
    }
}
