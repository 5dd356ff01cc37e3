package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Rate rate = new Rate(START);

    @Test
    void isZeroAtTheStart() {
        assertThat(rate.after(START, 0)).isZero();
    }

    @Test
    void evensOutMetricsThatComeInSteps() {
        for (int second = 1; second <= 20; second++) {
            // 200 more every other second.
            long count = 200L * (second / 2);
            double now = rate.after(START.plusSeconds(second), count);
            if (second >= 10) {
                assertThat(now).isBetween(79.0, 121.0);
            }
        }
    }

    @Test
    void forgetsWhatIsLongAgo() {
        rate.after(START.plusSeconds(1), 1_000);
        for (int second = 2; second <= 6; second++) {
            rate.after(START.plusSeconds(second), 1_000);
        }

        assertThat(rate.after(START.plusSeconds(7), 1_000)).isZero();
    }
}
