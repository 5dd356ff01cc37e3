package io.millrace.functions.library;

import io.millrace.functions.time.DatePattern;
import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.TimeOffset;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The functions of the group {@code date-time} that have a format. */
final class DateFormatFunctions {
    private static final TimeOffset UTC = new TimeOffset.Fixed(0);

    private final FunctionGroup group;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    private DateFormatFunctions(FunctionGroup group, Supplier<ZoneId> zone, Clock clock) {
        this.group = group;
        this.zone = zone;
        this.clock = clock;
    }

    static void define(FunctionGroup group, Supplier<ZoneId> zone, Clock clock) {
        new DateFormatFunctions(group, zone, clock).define();
    }

    private void define() {
        group.function(
                        "format_date",
                        "A number of a unit since 1970, the clock if it is left out, as text of a"
                                + " format with codes such as %Y-%m-%d %H:%M:%S.%3N%:z, as a clock"
                                + " shows it that is ahead of UTC by an offset.")
                .prepared(
                        Kind.TEXT,
                        constants -> formatDate(constants, false),
                        TimeArguments.UNIT,
                        TimeArguments.OFFSET,
                        TimeArguments.FORMAT)
                .prepared(
                        Kind.TEXT,
                        constants -> formatDate(constants, true),
                        TimeArguments.UNIT,
                        TimeArguments.OFFSET,
                        TimeArguments.FORMAT,
                        TimeArguments.TIME)
                .varies()
                .inFlink("The offset 'local' is that of the session's time zone.")
                .example(
                        "format_date('second', '+08:00', '%Y-%m-%d %H:%M:%S%z', 1653561612)",
                        "\"2022-05-26 18:40:12+0800\"")
                .add();
        group.function(
                        "date_to_unix_ts",
                        "A text of a format as a number of a unit since 1970. The text is from a clock"
                                + " that is ahead of UTC by an offset, none if it is left out, and by"
                                + " the one in the text itself if the format has a code for it.")
                .prepared(
                        Kind.INTEGER,
                        constants -> dateToUnixTs(constants, false),
                        TimeArguments.UNIT,
                        TimeArguments.FORMAT,
                        TimeArguments.DATE)
                .prepared(
                        Kind.INTEGER,
                        constants -> dateToUnixTs(constants, true),
                        TimeArguments.UNIT,
                        TimeArguments.OFFSET,
                        TimeArguments.FORMAT,
                        TimeArguments.DATE)
                .inFlink("The offset 'local' is that of the session's time zone.")
                .example(
                        "date_to_unix_ts('second', '%Y-%m-%d %H:%M:%S%:z',"
                                + " '2022-05-26 10:40:12+08:00')",
                        "1653532812")
                .example(
                        "date_to_unix_ts('second', '+08:00', '%Y-%m-%d %H:%M:%S',"
                                + " '2022-05-26 18:40:12')",
                        "1653561612")
                .add();
    }

    private Body formatDate(Constants constants, boolean withTime) {
        var unit = TimeArguments.unit(constants, 0, "format_date");
        var offset = TimeArguments.offset(constants, 1, "format_date", zone.get());
        var format =
                CompiledArgument.of(
                        constants,
                        2,
                        "format_date",
                        TimeArguments.FORMAT,
                        text -> DatePattern.compile((String) text));
        return arguments -> {
            EpochUnit counted = unit.of(arguments[0]);
            TimeOffset ahead = offset.of(arguments[1]);
            long time = withTime ? TimeArguments.time(arguments[3]) : counted.now(clock);
            return format.of(arguments[2]).format(time, counted, ahead);
        };
    }

    private Body dateToUnixTs(Constants constants, boolean withOffset) {
        int at = withOffset ? 2 : 1;
        var unit = TimeArguments.unit(constants, 0, "date_to_unix_ts");
        var offset =
                withOffset
                        ? TimeArguments.offset(constants, 1, "date_to_unix_ts", zone.get())
                        : null;
        var format =
                CompiledArgument.of(
                        constants,
                        at,
                        "date_to_unix_ts",
                        TimeArguments.FORMAT,
                        text -> DatePattern.compile((String) text).requireReadable());
        return arguments -> {
            EpochUnit counted = unit.of(arguments[0]);
            TimeOffset ahead = withOffset ? offset.of(arguments[1]) : UTC;
            return format.of(arguments[at]).parse((String) arguments[at + 1], counted, ahead);
        };
    }
}
