package io.millrace.functions.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaterEachTimeTest {
    @Test
    void goesOnWhereTheClockStandsStillOrGoesBack() {
        LaterEachTime later = new LaterEachTime();
        assertThat(later.after(100)).isEqualTo(100);
        assertThat(later.after(100)).isEqualTo(101);
        assertThat(later.after(90)).isEqualTo(102);
        assertThat(later.after(200)).isEqualTo(200);
    }
}
