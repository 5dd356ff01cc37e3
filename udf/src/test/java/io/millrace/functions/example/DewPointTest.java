package io.millrace.functions.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A function is a plain class, so that its test needs no Flink. */
class DewPointTest {
    private final DewPoint function = new DewPoint();

    @Test
    void isTheTemperatureWhereTheAirIsFull() {
        assertThat(function.eval(20.0, 100.0)).isEqualTo(20.0, within(1e-9));
        assertThat(function.eval(25.0, 60.0)).isEqualTo(16.7, within(0.05));
    }

    @Test
    void isUnknownWhereAnythingIs() {
        assertThat(function.eval(null, 60.0)).isNull();
        assertThat(function.eval(25.0, null)).isNull();
        assertThat(function.eval(25.0, 0.0)).isNull();
    }
}
