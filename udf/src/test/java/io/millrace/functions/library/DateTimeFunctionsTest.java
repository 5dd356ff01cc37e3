package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static io.millrace.functions.library.SqlCall.call;
import static io.millrace.functions.library.SqlCall.callWithConstants;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.JsonNull;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DateTimeFunctionsTest {
    private static final String FORMAT = "%Y-%m-%d %H:%M:%S";

    @Test
    void nanosecondsAreLaterEachTimeAtOnePlace() {
        Body body = body("now_timestamp", 1);
        Object[] unit = {"nanosecond"};
        long[] times = new long[100_000];
        for (int i = 0; i < times.length; i++) {
            times[i] = (Long) body.call(unit);
        }

        assertThat(times).isSorted();
        assertThat(LongStream.of(times).distinct().count()).isEqualTo(times.length);
    }

    private static Body body(String function, int arguments) {
        return Library.standard()
                .find(function)
                .flatMap(found -> found.overload(arguments))
                .orElseThrow()
                .prepare(Constants.none(arguments));
    }

    @Test
    void anythingButAUnitIsAnInvalidUnit() {
        for (Object unit : new Object[] {"minute", 1L, null, JsonNull.NULL, true}) {
            assertThat(refusal(() -> call("now_timestamp", unit))).isEqualTo("invalid_time_unit");
            assertThat(refusal(() -> callWithConstants("unix_ts_to_rfc3339", 1L, unit)))
                    .isEqualTo("invalid_time_unit");
        }
    }

    @Test
    void argumentsMayDifferFromCallToCall() {
        Body body = body("format_date", 4);

        assertThat(body.call(new Object[] {"second", "Z", "%H", 3600L})).isEqualTo("01");
        assertThat(body.call(new Object[] {"millisecond", 3600L, "%H:%M", 3_600_000L}))
                .isEqualTo("02:00");
        assertThat(body.call(new Object[] {"second", null, "%H", 3600L})).isEqualTo("01");
    }

    @Test
    void eachArgumentHasItsError() {
        assertThat(refusal(() -> call("format_date", "second", "Z", FORMAT, null)))
                .isEqualTo("badarith");
        assertThat(refusal(() -> call("format_date", "second", "Z", FORMAT, "x")))
                .isEqualTo("badarith");
        assertThat(refusal(() -> call("format_date", "second", 1.5, FORMAT, 1L)))
                .isEqualTo("bad_sql_function_argument");
        assertThat(refusal(() -> call("date_to_unix_ts", "second", FORMAT, 5L)))
                .isEqualTo("badmatch");
        assertThat(refusal(() -> callWithConstants("date_to_unix_ts", "second", "%Y", "2024")))
                .isEqualTo("missing_date_part");
        assertThat(refusal(() -> call("rfc3339_to_unix_ts", true)))
                .isEqualTo("bad_sql_function_argument");
        assertThat(refusal(() -> call("unix_ts_to_rfc3339", BigInteger.TEN.pow(30))))
                .isEqualTo("badarg");
    }

    @Test
    void undefinedIsNoOffset() {
        assertThat(call("timezone_to_second", (Object) null)).isEqualTo(0L);
        assertThat(call("timezone_to_offset_seconds", "local")).isEqualTo(0L);
        assertThat(refusal(() -> call("timezone_to_second", JsonNull.NULL)))
                .isEqualTo("bad_sql_function_argument");
    }

    @Test
    void localIsTheZoneOfTheLibrary() {
        Object text =
                Library.in(ZoneId.of("Asia/Shanghai"))
                        .find("unix_ts_to_rfc3339")
                        .flatMap(function -> function.overload(1))
                        .orElseThrow()
                        .prepare(Constants.none(1))
                        .call(new Object[] {0L});

        assertThat(text).isEqualTo("1970-01-01T08:00:00+08:00");
    }

    @Test
    void writesDatesAsMongoDbDoes() {
        assertThat(call("mongo_date", -1L, "second"))
                .isEqualTo("ISODate(1969-12-31T23:59:59.000Z)");
        assertThat(call("mongo_date", -1L, "microsecond"))
                .isEqualTo("ISODate(1969-12-31T23:59:59.999Z)");
        assertThat(refusal(() -> call("mongo_date", (Object) null))).isEqualTo("badarith");
        assertThat(refusal(() -> call("mongo_date", Long.MAX_VALUE, "second"))).isEqualTo("badarg");
    }
}
