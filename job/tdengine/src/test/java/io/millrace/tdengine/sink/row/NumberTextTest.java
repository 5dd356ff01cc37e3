package io.millrace.tdengine.sink.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private static String text(long value) {
        GrowingBytes out = new GrowingBytes(1);
        NumberText.append(out, value);
        return out.toString();
    }

    private static String text(double value) {
        GrowingBytes out = new GrowingBytes(1);
        NumberText.append(out, value);
        return out.toString();
    }

    private static String text(float value) {
        GrowingBytes out = new GrowingBytes(1);
        NumberText.append(out, value);
        return out.toString();
    }

    @Property
    void writesWholeNumbersAsJavaDoes(@ForAll long value) {
        assertThat(text(value)).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, 999, 1000, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesWholeNumbersAtTheEdges(long value) {
        assertThat(text(value)).isEqualTo(Long.toString(value));
    }

    @Property
    void readsBackTheSameDouble(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        boolean written = Double.isFinite(value) && Math.abs(value) >= Double.MIN_NORMAL;

        if (written) {
            assertThat(Double.parseDouble(text(value))).isEqualTo(value);
        }
    }

    @Property
    void readsBackTheSameDecimal(
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double any,
            @ForAll @IntRange(max = 8) int k) {
        double power = Math.pow(10, k);
        double value = Math.rint(any * power) / power;

        assertThat(Double.parseDouble(text(value))).isEqualTo(value);
    }

    @Property
    void readsBackTheSameFloatByWayOfADouble(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);

        if (Float.isFinite(value)) {
            double asTheServerReads = Double.parseDouble(text(value));
            assertThat((float) asTheServerReads).isEqualTo(value);
            assertThat(Math.abs(asTheServerReads)).isLessThanOrEqualTo(Float.MAX_VALUE);
        }
    }

    @Property
    void readsBackTheSameShortFloat(
            @ForAll @IntRange(min = -99_999, max = 99_999) int digits,
            @ForAll @IntRange(max = 6) int k) {
        float value = new BigDecimal(digits).movePointLeft(k).floatValue();

        assertThat((float) Double.parseDouble(text(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"23.4, 23.4", "-0.5, -0.5", "100, 100", "0, 0", "-0.0, -0.0", "0.000001, 0.000001"})
    void writesWhatPeopleWrite(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
        assertThat(text((float) value)).isEqualTo(expected);
    }

    @Test
    void writesTheLargestFloatNoLargerThanItIs() {
        assertThat(Double.parseDouble(text(Float.MAX_VALUE))).isEqualTo((double) Float.MAX_VALUE);
    }
}
