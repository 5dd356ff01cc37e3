package io.millrace.functions.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.functions.Vector;
import io.millrace.functions.value.FunctionException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library answers as EMQX does. Calls by type and number of arguments stand for SQL's. */
class TimeVectorTest {
    /** Heads that say which clause of EMQX's code failed; any error conforms. */
    private static final Set<String> INFORMATIVE =
            Set.of("badmatch", "if_clause", "bad_time_offset_hour", "badarith");

    @ParameterizedTest
    @MethodSource("calls")
    void answersAsExpected(Vector vector) {
        if (vector.error() == null) {
            assertThat(call(vector)).isEqualTo(vector.expected());
            return;
        }
        FunctionException failure =
                catchThrowableOfType(FunctionException.class, () -> call(vector));
        assertThat(failure).isNotNull();
        if (!INFORMATIVE.contains(vector.error())) {
            assertThat(failure.head()).isEqualTo(vector.error());
        }
    }

    static Stream<Vector> calls() throws IOException {
        return Vector.dateTime().stream().filter(vector -> !vector.hasMissingArgument());
    }

    private static Object call(Vector vector) {
        List<Object> arguments = vector.arguments();
        try {
            return switch (vector.function()) {
                case "unix_ts_to_rfc3339" ->
                        Rfc3339.format(
                                (Long) arguments.get(0),
                                unit(arguments, 1),
                                new TimeOffset.Fixed(0));
                case "rfc3339_to_unix_ts" ->
                        Rfc3339.parse((String) arguments.get(0), unit(arguments, 1));
                case "format_date" ->
                        DatePattern.compile((String) arguments.get(2))
                                .format(
                                        (Long) arguments.get(3),
                                        unit(arguments, 0),
                                        offset(arguments.get(1)));
                case "date_to_unix_ts" -> dateToUnixTs(arguments);
                case "timezone_to_offset_seconds", "timezone_to_second" ->
                        (long) offset(arguments.get(0)).secondsAt(0);
                default -> throw new AssertionError(vector.function());
            };
        } catch (ClassCastException e) {
            // In SQL the planner refuses the type.
            throw new FunctionException("bad_sql_function_argument", "type");
        } catch (IndexOutOfBoundsException e) {
            throw new FunctionException("sql_function_not_supported", "number of arguments");
        }
    }

    private static long dateToUnixTs(List<Object> arguments) {
        int last = arguments.size() - 1;
        return DatePattern.compile((String) arguments.get(last - 1))
                .requireReadable()
                .parse(
                        (String) arguments.get(last),
                        unit(arguments, 0),
                        last == 3 ? offset(arguments.get(1)) : new TimeOffset.Fixed(0));
    }

    private static EpochUnit unit(List<Object> arguments, int position) {
        return position < arguments.size()
                ? EpochUnit.named((String) arguments.get(position))
                : EpochUnit.SECOND;
    }

    private static TimeOffset offset(Object argument) {
        return argument instanceof Long seconds
                ? TimeOffset.ofSeconds(seconds)
                : TimeOffset.parse((String) argument, ZoneOffset.UTC);
    }
}
