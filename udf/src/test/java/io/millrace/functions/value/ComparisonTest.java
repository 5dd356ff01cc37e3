package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void undefinedEqualsItselfAndNothingHoldsForItElse() {
        assertThat(holding(null, null)).isEqualTo("= <= >=");
        for (Object other : List.of(1L, 0.0, "", true, JsonNull.NULL, List.of(), Map.of())) {
            assertThat(holding(null, other)).isEmpty();
            assertThat(holding(other, null)).isEmpty();
        }
    }

    @Test
    void numbersAreOneSequence() {
        assertThat(holding(3L, 3.0)).isEqualTo("= <= >=");
        assertThat(holding(9007199254740993L, 9007199254740992.0)).isEqualTo("!= > >=");
        assertThat(holding(new BigInteger("98765432109876543210"), 1e30)).isEqualTo("!= < <=");
        assertThat(holding(0.0, -0.0)).isEqualTo("= <= >=");
        assertThat(holding(Long.MAX_VALUE, 0x1p63)).isEqualTo("!= < <=");
        assertThat(holding(-2L, -2.5)).isEqualTo("!= > >=");
    }

    @Test
    void aTextWithANumberIsOneToANumber() {
        assertThat(holding("10", 9L)).isEqualTo("!= > >=");
        assertThat(holding(3L, "3.0")).isEqualTo("= <= >=");
        assertThatThrownBy(() -> holding("abc", 1L)).hasMessageContaining("'abc'");
        assertThatThrownBy(() -> holding(1L, "1e1")).isInstanceOf(FunctionException.class);
        assertThatThrownBy(() -> holding(1L, " 1")).isInstanceOf(FunctionException.class);
        assertThatThrownBy(() -> holding(1L, "")).isInstanceOf(FunctionException.class);
    }

    @Test
    void textsCompareByTheirBytes() {
        assertThat(holding("10", "9")).isEqualTo("!= < <=");
        assertThat(holding("1", "1.0")).isEqualTo("!= < <=");
        assertThat(holding("\ud83d\ude00", "\uffee")).isEqualTo("!= > >=");
        assertThat(holding(Bytes.value(new byte[] {(byte) 0xff}), "é")).isEqualTo("!= > >=");
    }

    @Test
    void namesAreTextsToTexts() {
        assertThat(holding(true, "true")).isEqualTo("= <= >=");
        assertThat(holding("3", JsonNull.NULL)).isEqualTo("!= < <=");
        assertThat(holding(new Symbol("message.publish"), "message.publish")).isEqualTo("= <= >=");
    }

    @Test
    void otherKindsAreInOrder() {
        List<Object> ascending =
                List.of(
                        new BigInteger("98765432109876543210"),
                        false,
                        JsonNull.NULL,
                        true,
                        Map.of("a", 1L),
                        List.of(),
                        List.of(1L, 2L));
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = i + 1; j < ascending.size(); j++) {
                assertThat(holding(ascending.get(i), ascending.get(j))).isEqualTo("!= < <=");
                assertThat(holding(ascending.get(j), ascending.get(i))).isEqualTo("!= > >=");
            }
        }
        assertThat(holding(List.of(), "abc")).isEqualTo("!= < <=");
    }

    @Test
    void mapsAndArraysCompareByWhatTheyHave() {
        assertThat(holding(List.of(1L, Map.of("k", 2L)), List.of(1.0, Map.of("k", 2.0))))
                .isEqualTo("= <= >=");
        assertThat(holding(Map.of("b", 1L), Map.of("a", 1L, "b", 1L))).isEqualTo("!= < <=");
    }

    @Test
    void theSameMeansTheSameKind() {
        assertThat(Comparison.same(3L, 3L)).isTrue();
        assertThat(Comparison.same(3L, 3.0)).isFalse();
        assertThat(Comparison.same(3L, "3")).isFalse();
        assertThat(Comparison.same(null, null)).isTrue();
        assertThat(Comparison.same(null, JsonNull.NULL)).isFalse();
        assertThat(Comparison.same(new Symbol("a"), "a")).isFalse();
    }

    @Property
    void integersAndFloatsCompareExactly(@ForAll long integer, @ForAll double real) {
        int expected = new java.math.BigDecimal(integer).compareTo(new java.math.BigDecimal(real));
        assertThat(TermOrder.numbers(integer, real)).isEqualTo(expected);
        assertThat(TermOrder.numbers(real, integer)).isEqualTo(-expected);
    }

    private static String holding(Object left, Object right) {
        StringBuilder holding = new StringBuilder();
        for (Comparison comparison : Comparison.values()) {
            if (comparison.test(left, right)) {
                holding.append(holding.isEmpty() ? "" : " ").append(comparison.operator());
            }
        }
        return holding.toString();
    }
}
