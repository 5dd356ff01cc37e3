package io.millrace.functions.library;

import io.millrace.functions.time.DatePattern;
import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.LaterEachTime;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.time.TimeOffset;
import java.time.ZoneId;
import java.util.function.Function;

/** The group {@code date-time}. */
final class DateTimeFunctions {
    private static final TimeOffset UTC = new TimeOffset.Fixed(0);

    private final FunctionGroup group;
    private final ZoneId zone;
    private final TimeOffset local;

    private DateTimeFunctions(FunctionGroup group, ZoneId zone) {
        this.group = group;
        this.zone = zone;
        this.local = new TimeOffset.Zone(zone);
    }

    static void define(Function<String, FunctionGroup> library, ZoneId zone) {
        DateTimeFunctions functions = new DateTimeFunctions(library.apply("date-time"), zone);
        functions.defineClock();
        functions.defineRfc3339();
        functions.defineFormats();
        functions.defineOffsets();
        functions.defineMongoDate();
    }

    private void defineClock() {
        group.function(
                        "now_timestamp",
                        "The clock as a number of a unit, seconds if it is left out. In nanoseconds"
                                + " each call of one place in a rule is later than the one before.")
                .overload(Kind.INTEGER, arguments -> EpochUnit.SECOND.now())
                .prepared(Kind.INTEGER, DateTimeFunctions::nowTimestamp, TimeArguments.UNIT)
                .varies()
                .example("now_timestamp('millisecond')", null)
                .add();
        group.function(
                        "now_rfc3339",
                        "The clock as RFC 3339 text in the local time zone, with the decimals of a"
                                + " unit, none if it is left out.")
                .overload(
                        Kind.TEXT,
                        arguments ->
                                Rfc3339.format(EpochUnit.SECOND.now(), EpochUnit.SECOND, local))
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            var unit = TimeArguments.unit(constants, 0, "now_rfc3339");
                            return arguments -> {
                                EpochUnit counted = unit.of(arguments[0]);
                                return Rfc3339.format(counted.now(), counted, local);
                            };
                        },
                        TimeArguments.UNIT)
                .varies()
                .inFlink("The time zone is the session's, table.local-time-zone.")
                .example("now_rfc3339('millisecond')", null)
                .add();
    }

    private static Body nowTimestamp(Constants constants) {
        CompiledArgument<EpochUnit> unit = TimeArguments.unit(constants, 0, "now_timestamp");
        LaterEachTime nanoseconds = new LaterEachTime();
        return arguments -> {
            EpochUnit counted = unit.of(arguments[0]);
            long now = counted.now();
            return counted == EpochUnit.NANOSECOND ? nanoseconds.after(now) : now;
        };
    }

    private void defineRfc3339() {
        Parameter time = Parameter.of("ts", Kind.INTEGER);
        group.function(
                        "unix_ts_to_rfc3339",
                        "A number of a unit since 1970, seconds if it is left out, as RFC 3339 text"
                                + " in the local time zone.")
                .overload(
                        Kind.TEXT,
                        arguments ->
                                Rfc3339.format(
                                        TimeArguments.time(arguments[0]), EpochUnit.SECOND, local),
                        time)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            var unit = TimeArguments.unit(constants, 1, "unix_ts_to_rfc3339");
                            return arguments ->
                                    Rfc3339.format(
                                            TimeArguments.time(arguments[0]),
                                            unit.of(arguments[1]),
                                            local);
                        },
                        time,
                        TimeArguments.UNIT)
                .inFlink("The time zone is the session's, table.local-time-zone.")
                .example("unix_ts_to_rfc3339(1676609763123, 'millisecond')", null)
                .add();
        Parameter text = Parameter.of("s", Kind.TEXT).refusing("bad_sql_function_argument");
        group.function(
                        "rfc3339_to_unix_ts",
                        "An RFC 3339 text as a number of a unit since 1970, seconds if it is left"
                                + " out.")
                .overload(
                        Kind.INTEGER,
                        arguments -> Rfc3339.parse((String) arguments[0], EpochUnit.SECOND),
                        text)
                .prepared(
                        Kind.INTEGER,
                        constants -> {
                            var unit = TimeArguments.unit(constants, 1, "rfc3339_to_unix_ts");
                            return arguments ->
                                    Rfc3339.parse((String) arguments[0], unit.of(arguments[1]));
                        },
                        text,
                        TimeArguments.UNIT)
                .example("rfc3339_to_unix_ts('2023-02-17T04:56:03+08:00')", "1676580963")
                .example(
                        "rfc3339_to_unix_ts('2023-02-17T04:56:03.123Z', 'millisecond')",
                        "1676609763123")
                .add();
    }

    private void defineFormats() {
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
        var offset = TimeArguments.offset(constants, 1, "format_date", zone);
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
            long time = withTime ? TimeArguments.time(arguments[3]) : counted.now();
            return format.of(arguments[2]).format(time, counted, ahead);
        };
    }

    private Body dateToUnixTs(Constants constants, boolean withOffset) {
        int at = withOffset ? 2 : 1;
        var unit = TimeArguments.unit(constants, 0, "date_to_unix_ts");
        var offset =
                withOffset ? TimeArguments.offset(constants, 1, "date_to_unix_ts", zone) : null;
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

    private void defineOffsets() {
        for (String name : new String[] {"timezone_to_offset_seconds", "timezone_to_second"}) {
            group.function(
                            name,
                            "The seconds that a clock is ahead of UTC, of a text such as '+08:00',"
                                    + " '+0800', '+08:00:00', 'Z' or 'local'; a number stays itself.")
                    .prepared(
                            Kind.INTEGER,
                            constants -> {
                                var offset = TimeArguments.offset(constants, 0, name, zone);
                                return arguments ->
                                        (long)
                                                offset.of(arguments[0])
                                                        .secondsAt(EpochUnit.SECOND.now());
                            },
                            TimeArguments.OFFSET)
                    .takesUndefined()
                    .varies()
                    .inFlink("The offset 'local' is that of the session's time zone.")
                    .example(name + "('-05:30')", "-19800")
                    .add();
        }
    }

    private void defineMongoDate() {
        group.function(
                        "mongo_date",
                        "The text ISODate(...) of a number of a unit since 1970, milliseconds if it is"
                                + " left out, or of the clock.")
                .overload(
                        Kind.TEXT,
                        arguments -> isoDate(EpochUnit.MILLISECOND.now(), EpochUnit.MILLISECOND))
                .overload(
                        Kind.TEXT,
                        arguments ->
                                isoDate(TimeArguments.time(arguments[0]), EpochUnit.MILLISECOND),
                        TimeArguments.TIME)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            var unit = TimeArguments.unit(constants, 1, "mongo_date");
                            return arguments ->
                                    isoDate(
                                            TimeArguments.time(arguments[0]),
                                            unit.of(arguments[1]));
                        },
                        TimeArguments.TIME,
                        TimeArguments.UNIT)
                .varies()
                .inFlink("EMQX gives MongoDB's own type to a MongoDB action; this is its text.")
                .example("mongo_date(1676609763123)", "\"ISODate(2023-02-17T04:56:03.123Z)\"")
                .add();
    }

    private static String isoDate(long time, EpochUnit unit) {
        long millis =
                unit.epochSecondInYears(time) * EpochUnit.MILLISECOND.perSecond()
                        + unit.nanoOfSecond(time) / 1_000_000;
        String text = Rfc3339.format(millis, EpochUnit.MILLISECOND, UTC);
        return "ISODate(" + text.substring(0, text.length() - "+00:00".length()) + "Z)";
    }
}
