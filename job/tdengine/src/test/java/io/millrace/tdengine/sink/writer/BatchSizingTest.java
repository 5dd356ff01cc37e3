package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizingTest {
    private static final Duration CYCLE = Duration.ofMillis(100);

    private final BatchSizing sizing = new BatchSizing(3_000);

    private void sent(int rows, int tables, int sendingMillis) {
        sizing.sent(rows, tables, Duration.ofMillis(sendingMillis), CYCLE);
    }

    @Test
    void growsToItsLimitWhileTheServerIsBusy() {
        assertThat(sizing.rows()).isEqualTo(500);
        sent(500, 10, 80);
        assertThat(sizing.rows()).isEqualTo(1_000);
        sent(1_000, 10, 80);
        sent(2_000, 10, 80);
        assertThat(sizing.rows()).isEqualTo(3_000);
    }

    @Test
    void growsWhileThereIsHardlyMoreThanARowForEachTable() {
        sent(500, 480, 5);

        assertThat(sizing.rows()).isEqualTo(1_000);
    }

    @Test
    void shrinksWhileTheServerIsIdle() {
        sent(500, 10, 80);
        sent(1_000, 10, 5);
        sent(500, 10, 5);

        assertThat(sizing.rows()).isEqualTo(500);
    }

    @Test
    void staysWhenTimeAndNotSizeHasEndedABatch() {
        sent(499, 499, 99);

        assertThat(sizing.rows()).isEqualTo(500);
    }

    @Test
    void isNeverLargerThanAllowed() {
        BatchSizing small = new BatchSizing(20);
        small.sent(20, 20, CYCLE, CYCLE);

        assertThat(small.rows()).isEqualTo(20);
    }

    @Test
    void gainsNothingByMoreThanManyRowsForEachTable() {
        assertThat(sizing.gainsNothing(31_999, 1)).isFalse();
        assertThat(sizing.gainsNothing(32_000, 1)).isTrue();
        assertThat(sizing.gainsNothing(32_000, 10_000)).isFalse();
        assertThat(new BatchSizing(50_000).gainsNothing(32_000, 1)).isFalse();
    }
}
