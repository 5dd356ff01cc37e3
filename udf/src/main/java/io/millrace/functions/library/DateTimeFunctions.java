package io.millrace.functions.library;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.time.LaterEachTime;
import io.millrace.functions.time.Rfc3339;
import io.millrace.functions.time.TimeOffset;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.Supplier;

/** Most of the group {@code date-time}; formats are in {@link DateFormatFunctions}. */
final class DateTimeFunctions {
    private static final TimeOffset UTC = new TimeOffset.Fixed(0);

    private final FunctionGroup group;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    private DateTimeFunctions(FunctionGroup group, Supplier<ZoneId> zone, Clock clock) {
        this.group = group;
        this.zone = zone;
        this.clock = clock;
    }

    static void define(
            Function<String, FunctionGroup> library, Supplier<ZoneId> zone, Clock clock) {
        DateTimeFunctions functions =
                new DateTimeFunctions(library.apply("date-time"), zone, clock);
        functions.defineClock();
        functions.defineRfc3339();
        DateFormatFunctions.define(functions.group, zone, clock);
        functions.defineOffsets();
        functions.defineMongoDate();
    }

    private void defineClock() {
        group.function(
                        "now_timestamp",
                        "The clock as a number of a unit, seconds if it is left out. In nanoseconds"
                                + " each call of one place in a rule is later than the one before.")
                .overload(Kind.INTEGER, arguments -> EpochUnit.SECOND.now(clock))
                .prepared(Kind.INTEGER, this::nowTimestamp, TimeArguments.UNIT)
                .varies()
                .example("now_timestamp('millisecond')", null)
                .add();
        group.function(
                        "now_rfc3339",
                        "The clock as RFC 3339 text in the local time zone, with the decimals of a"
                                + " unit, none if it is left out.")
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            TimeOffset local = local();
                            return arguments ->
                                    Rfc3339.format(
                                            EpochUnit.SECOND.now(clock), EpochUnit.SECOND, local);
                        })
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            TimeOffset local = local();
                            var unit = TimeArguments.unit(constants, 0, "now_rfc3339");
                            return arguments -> {
                                EpochUnit counted = unit.of(arguments[0]);
                                return Rfc3339.format(counted.now(clock), counted, local);
                            };
                        },
                        TimeArguments.UNIT)
                .varies()
                .inFlink("The time zone is the session's, table.local-time-zone.")
                .example("now_rfc3339('millisecond')", null)
                .add();
    }

    private TimeOffset local() {
        return new TimeOffset.Zone(zone.get());
    }

    private Body nowTimestamp(Constants constants) {
        CompiledArgument<EpochUnit> unit = TimeArguments.unit(constants, 0, "now_timestamp");
        LaterEachTime nanoseconds = new LaterEachTime();
        return arguments -> {
            EpochUnit counted = unit.of(arguments[0]);
            long now = counted.now(clock);
            return counted == EpochUnit.NANOSECOND ? nanoseconds.after(now) : now;
        };
    }

    private void defineRfc3339() {
        Parameter time = Parameter.of("ts", Kind.INTEGER);
        group.function(
                        "unix_ts_to_rfc3339",
                        "A number of a unit since 1970, seconds if it is left out, as RFC 3339 text"
                                + " in the local time zone.")
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            TimeOffset local = local();
                            return arguments ->
                                    Rfc3339.format(
                                            TimeArguments.time(arguments[0]),
                                            EpochUnit.SECOND,
                                            local);
                        },
                        time)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            TimeOffset local = local();
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

    private void defineOffsets() {
        for (String name : new String[] {"timezone_to_offset_seconds", "timezone_to_second"}) {
            group.function(
                            name,
                            "The seconds that a clock is ahead of UTC, of a text such as '+08:00',"
                                    + " '+0800', '+08:00:00', 'Z' or 'local'; a number stays itself.")
                    .prepared(
                            Kind.INTEGER,
                            constants -> {
                                var offset = TimeArguments.offset(constants, 0, name, zone.get());
                                return arguments ->
                                        (long)
                                                offset.of(arguments[0])
                                                        .secondsAt(EpochUnit.SECOND.now(clock));
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
                        arguments ->
                                isoDate(EpochUnit.MILLISECOND.now(clock), EpochUnit.MILLISECOND))
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
