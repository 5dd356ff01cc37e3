package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrayFunctionsTest {
    private static final List<Object> LIST = List.of(3L, 1L, 2L);
    private static final BigInteger HUGE = BigInteger.TEN.pow(30);

    @Test
    void countsFromOne() {
        assertThat(call("nth", 3L, LIST)).isEqualTo(2L);
        for (Object n : new Object[] {0L, -1L, 4L, 1.0, HUGE, null}) {
            assertThat(refusal(() -> call("nth", n, LIST))).isEqualTo("bad_sql_function_argument");
        }
    }

    @Test
    void anEmptyArrayHasNeitherFirstNorLast() {
        assertThat(refusal(() -> call("first", List.of()))).isEqualTo("badarg");
        assertThat(refusal(() -> call("last", List.of()))).isEqualTo("bad_sql_function_argument");
    }

    @Test
    void clipsSublists() {
        assertThat(call("sublist", 9L, LIST)).isEqualTo(LIST);
        assertThat(call("sublist", 2L, HUGE, LIST)).isEqualTo(List.of(1L, 2L));
        assertThat(call("sublist", HUGE, 1L, LIST)).isEqualTo(List.of());
        assertThat(call("sublist", Long.MAX_VALUE, Long.MAX_VALUE, LIST)).isEqualTo(List.of());
        assertThat(call("sublist", 0L, LIST)).isEqualTo(List.of());
        assertThat(refusal(() -> call("sublist", -1L, LIST)))
                .isEqualTo("bad_sql_function_argument");
        assertThat(refusal(() -> call("sublist", HUGE.negate(), 1L, LIST)))
                .isEqualTo("bad_sql_function_argument");
    }

    @Test
    void findsWhatIsTheSame() {
        assertThat(call("contains", 1L, LIST)).isEqualTo(true);
        assertThat(call("contains", 1.0, LIST)).isEqualTo(false);
        assertThat(call("contains", null, LIST)).isEqualTo(false);
        assertThat(call("contains", null, Arrays.asList(1L, null))).isEqualTo(true);
        assertThat(call("contains", Map.of("k", 1L), List.of(Map.of("k", 1L)))).isEqualTo(true);
        assertThat(refusal(() -> call("contains", "a", "abc")))
                .isEqualTo("bad_sql_function_argument");
    }
}
