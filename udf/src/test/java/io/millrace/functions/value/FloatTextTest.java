package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FloatTextTest {
    @Test
    void tenDecimalsAreKeptAndNoneMoreThanNeeded() {
        assertThat(FloatText.of(3.0)).isEqualTo("3.0");
        assertThat(FloatText.of(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(FloatText.of(1e22)).isEqualTo("10000000000000000000000.0");
        assertThat(FloatText.of(1e-11)).isEqualTo("0.0");
        assertThat(FloatText.of(-0.25)).isEqualTo("-0.25");
        assertThat(FloatText.of(0.05)).isEqualTo("0.05");
        assertThat(FloatText.of(123456789.123456789)).isEqualTo("123456789.123456791");
        assertThat(FloatText.of(0.99999999999)).isEqualTo("1.0");
        assertThat(FloatText.of(9007199254740993.0)).isEqualTo("9007199254740992.0");
    }

    @Test
    void decimalsRoundTheBinaryValue() {
        assertThat(FloatText.fixed(2.675, 2)).isEqualTo("2.67");
        assertThat(FloatText.fixed(2.345, 2)).isEqualTo("2.35");
        assertThat(FloatText.fixed(3.75, 1)).isEqualTo("3.8");
        assertThat(FloatText.fixed(3.14159, 0)).isEqualTo("3");
        assertThat(FloatText.fixed(1e-11, 12)).isEqualTo("0.00000000001");
        assertThat(FloatText.fixed(0.5, 25)).isEqualTo("0.5");
    }

    @Test
    void whatErlangHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> FloatText.of(-1.5e300)).hasMessageContaining("255 characters");
        assertThatThrownBy(() -> FloatText.fixed(3.1, 300)).hasMessageContaining("255 characters");
        assertThatThrownBy(() -> FloatText.fixed(3.1, Integer.MAX_VALUE))
                .hasMessageContaining("255 characters");
        assertThatThrownBy(() -> FloatText.fixed(3.1, -1)).hasMessageContaining("0 to 253");
    }

    @Test
    void theShortestFormHasAnExponentWhereErlangHasOne() {
        assertThat(FloatText.shortest(3.14159265358979)).isEqualTo("3.14159265358979");
        assertThat(FloatText.shortest(100.0)).isEqualTo("100.0");
        assertThat(FloatText.shortest(1000.0)).isEqualTo("1.0e3");
        assertThat(FloatText.shortest(12340.0)).isEqualTo("12340.0");
        assertThat(FloatText.shortest(123400.0)).isEqualTo("1.234e5");
        assertThat(FloatText.shortest(1.5e20)).isEqualTo("1.5e20");
        assertThat(FloatText.shortest(1e22)).isEqualTo("1.0e22");
        assertThat(FloatText.shortest(0.001)).isEqualTo("0.001");
        assertThat(FloatText.shortest(0.0001)).isEqualTo("0.0001");
        assertThat(FloatText.shortest(0.00001)).isEqualTo("1.0e-5");
        assertThat(FloatText.shortest(-1e-11)).isEqualTo("-1.0e-11");
        assertThat(FloatText.shortest(2e23)).isEqualTo("2.0e23");
        assertThat(FloatText.shortest(9007199254740992.0)).isEqualTo("9.007199254740992e15");
    }

    @Property
    void theShortestFormIsTheSameFloat(@ForAll double number) {
        Assume.that(Double.isFinite(number));
        assertThat(Double.parseDouble(FloatText.shortest(number))).isEqualTo(number);
    }
}
