package io.millrace.functions.library;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.TimeOffset;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import java.time.ZoneId;

/** Arguments that date-time functions share. */
final class TimeArguments {
    static final Parameter UNIT = Parameter.of("unit", Kind.TEXT).refusing("invalid_time_unit");
    static final Parameter OFFSET = Parameter.of("offset", Kind.ANY);
    static final Parameter FORMAT = Parameter.of("format", Kind.TEXT).refusing("badarg");
    static final Parameter DATE = Parameter.of("s", Kind.TEXT).refusing("badmatch");
    static final Parameter TIME = Parameter.of("ts", Kind.INTEGER).refusing("badarith");

    private TimeArguments() {}

    static CompiledArgument<EpochUnit> unit(Constants constants, int position, String function) {
        return CompiledArgument.of(
                constants, position, function, UNIT, name -> EpochUnit.named((String) name));
    }

    /**
     * An offset: a text, a number of seconds, or undefined for none.
     *
     * @param zone what {@code 'local'} stands for
     */
    static CompiledArgument<TimeOffset> offset(
            Constants constants, int position, String function, ZoneId zone) {
        return CompiledArgument.of(
                constants, position, function, OFFSET, value -> offset(function, value, zone));
    }

    private static TimeOffset offset(String function, Object value, ZoneId zone) {
        if (value instanceof String text) {
            return TimeOffset.parse(text, zone);
        }
        if (value instanceof Long seconds) {
            return TimeOffset.ofSeconds(seconds);
        }
        if (value == null) {
            return new TimeOffset.Fixed(0);
        }
        throw new FunctionException(
                "bad_sql_function_argument",
                "%s: offset must be a text such as '+08:00' or a number of seconds and is %s."
                        .formatted(function, Described.of(value)));
    }

    /** Refuses what no date is in, whatever the unit. */
    static long time(Object integer) {
        if (integer instanceof Long time) {
            return time;
        }
        throw new FunctionException(
                "badarg", Described.of(integer) + " is too large for a time in any unit.");
    }
}
