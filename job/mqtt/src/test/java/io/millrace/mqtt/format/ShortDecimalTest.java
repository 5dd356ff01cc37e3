package io.millrace.mqtt.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShortDecimalTest {
    @Test
    void numbersOfSensorsAreRead() {
        assertThat(asDouble("23.4")).isEqualTo(23.4);
        assertThat(asDouble("-0.001")).isEqualTo(-0.001);
        assertThat(asDouble("7")).isEqualTo(7);
        assertThat(asFloat("23.4")).isEqualTo(23.4f);
        assertThat(asFloat("-100000001")).isNaN();
    }

    @Test
    void othersAreLeftToTheGeneralWay() {
        assertThat(asDouble("1e3")).isNaN();
        assertThat(asDouble("-0")).isNaN();
        assertThat(asDouble("0.0")).isNaN();
        assertThat(asDouble("9007199254740993")).isNaN();
        assertThat(asDouble("1.23456789012345678")).isNaN();
    }

    @Property
    void theResultIsThatOfTheGeneralWay(
            @ForAll @LongRange(min = -99_999_999_999_999L, max = 99_999_999_999_999L) long digits,
            @ForAll @IntRange(max = 12) int decimals) {
        String text = BigDecimal.valueOf(digits, decimals).toPlainString();
        double wide = asDouble(text);
        assertThat(Double.isNaN(wide) || wide == Double.parseDouble(text)).as(text).isTrue();
    }

    @Property
    void theFloatIsThatOfTheGeneralWay(
            @ForAll @LongRange(min = -20_000_000, max = 20_000_000) long digits,
            @ForAll @IntRange(max = 12) int decimals) {
        String text = BigDecimal.valueOf(digits, decimals).toPlainString();
        float narrow = asFloat(text);
        assertThat(Float.isNaN(narrow) || narrow == Float.parseFloat(text)).as(text).isTrue();
    }

    private static double asDouble(String text) {
        char[] characters = ("x" + text + "9").toCharArray();
        return ShortDecimal.toDouble(characters, 1, text.length());
    }

    private static float asFloat(String text) {
        char[] characters = ("x" + text + "9").toCharArray();
        return ShortDecimal.toFloat(characters, 1, text.length());
    }
}
