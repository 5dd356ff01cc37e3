package io.millrace.functions.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    @Property
    void integersNeverOverflow(@ForAll long a, @ForAll long b) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        assertThat(Arithmetic.add(a, b)).isEqualTo(Integers.value(x.add(y)));
        assertThat(Arithmetic.subtract(a, b)).isEqualTo(Integers.value(x.subtract(y)));
        assertThat(Arithmetic.multiply(a, b)).isEqualTo(Integers.value(x.multiply(y)));
    }

    @Test
    void theEndsOfLongAreNoEnds() {
        assertThat(Arithmetic.subtract(Long.MIN_VALUE, 1L))
                .isEqualTo(new BigInteger("-9223372036854775809"));
        assertThat(Arithmetic.div(Long.MIN_VALUE, -1L))
                .isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(Arithmetic.negate(Long.MIN_VALUE))
                .isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(Arithmetic.subtract(new BigInteger("9223372036854775808"), 1L))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTextMakesPlusJoin() {
        assertThat(Arithmetic.add("a", 1L)).isEqualTo("a1");
        assertThat(Arithmetic.add(3.0, "s")).isEqualTo("3.0s");
        assertThat(Arithmetic.add("a", null)).isEqualTo("aundefined");
        assertThat(Arithmetic.add("a", List.of(3L, 1L))).isEqualTo("a[3,1]");
        assertThat(Arithmetic.add("s", true)).isEqualTo("strue");
    }

    @Test
    void divisionsHaveTheirKinds() {
        assertThat(Arithmetic.divide(6L, 2L)).isEqualTo(3.0);
        assertThat(Arithmetic.div(-7L, 2L)).isEqualTo(-3L);
        assertThat(Arithmetic.mod(-7L, 3L)).isEqualTo(-1L);
        assertThat(Arithmetic.add(1L, 0.5)).isEqualTo(1.5);
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        refuses("bad_sql_function_argument", () -> Arithmetic.add(null, 1L));
        refuses("bad_sql_function_argument", () -> Arithmetic.add(List.of(), 1L));
        refuses("bad_sql_function_argument", () -> Arithmetic.subtract(3L, "7"));
        refuses("bad_sql_function_argument", () -> Arithmetic.multiply(true, 3L));
        refuses("bad_sql_function_argument", () -> Arithmetic.div(3.0, 2L));
        refuses("badarith", () -> Arithmetic.divide(1L, 0L));
        refuses("badarith", () -> Arithmetic.div(1L, 0L));
        refuses("badarith", () -> Arithmetic.mod(1L, 0L));
        refuses("badarith", () -> Arithmetic.multiply(1e300, 1e300));
        refuses("badarith", () -> Arithmetic.negate("a"));
    }

    @Test
    void aChainOfProductsEnds() {
        refuses(
                "system_limit",
                () -> {
                    Object number = Long.MAX_VALUE;
                    for (int i = 0; i < 40; i++) {
                        number = Arithmetic.multiply(number, number);
                    }
                });
    }

    private static void refuses(String head, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.head()).isEqualTo(head));
    }
}
