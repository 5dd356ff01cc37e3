package io.millrace.functions.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.value.FunctionException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is written can be read again, and agrees with Java's own calendar. */
class TimePropertyTest {
    private static final long FIRST = -62_167_219_200L + 86_400;
    private static final long LAST = 253_402_300_799L - 86_400;

    @Property
    void rfc3339RoundTrips(
            @ForAll @LongRange(min = FIRST, max = LAST) long second,
            @ForAll EpochUnit unit,
            @ForAll @IntRange(min = -23 * 60 - 59, max = 23 * 60 + 59) int offsetMinutes) {
        long time = inRange(second, unit);
        String text = Rfc3339.format(time, unit, new TimeOffset.Fixed(offsetMinutes * 60));
        assertThat(Rfc3339.parse(text, unit)).isEqualTo(time);
    }

    @Property
    void rfc3339AgreesWithJava(
            @ForAll @LongRange(min = 0, max = LAST) long second,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        String expected =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx")
                        .format(Instant.ofEpochSecond(second).atOffset(offset));
        assertThat(Rfc3339.format(second, EpochUnit.SECOND, new TimeOffset.Zone(offset)))
                .isEqualTo(expected);
    }

    @Property
    void datesRoundTripThroughAFullFormat(
            @ForAll @LongRange(min = 0, max = LAST) long second,
            @ForAll EpochUnit unit,
            @ForAll @IntRange(min = -86_399, max = 86_399) int offsetSeconds) {
        long time = inRange(second, unit);
        DatePattern pattern = DatePattern.compile("%d.%m.%Y, %H:%M:%S.%N (%::z) 100%");
        String text = pattern.format(time, unit, new TimeOffset.Fixed(offsetSeconds));
        if (time >= 0 && second + offsetSeconds >= 0) {
            assertThat(pattern.parse(text, unit, new TimeOffset.Fixed(0))).isEqualTo(time);
        }
    }

    @Property
    void aZoneRoundTripsOutsideOfTheDoubledHour(
            @ForAll @LongRange(min = 0, max = LAST) long second) {
        TimeOffset zone = new TimeOffset.Zone(ZoneId.of("Europe/Paris"));
        DatePattern pattern = DatePattern.compile("%Y%m%d%H%M%S");
        long read =
                pattern.parse(
                        pattern.format(second, EpochUnit.SECOND, zone), EpochUnit.SECOND, zone);
        assertThat(read).isIn(second, second - 3600);
    }

    @Property
    void parsingAnyTextFailsWithTheDocumentedExceptionOnly(
            @ForAll String text, @ForAll String format, @ForAll EpochUnit unit) {
        quietly(() -> Rfc3339.parse(text, unit));
        quietly(() -> DatePattern.compile(format).parse(text, unit, new TimeOffset.Fixed(0)));
        quietly(() -> TimeOffset.parse(text, ZoneOffset.UTC));
        quietly(() -> EpochUnit.named(text));
    }

    @Property
    void anyNumberIsWrittenOrRefused(@ForAll long time, @ForAll EpochUnit unit) {
        TimeOffset offset = new TimeOffset.Fixed(-3600);
        quietly(() -> Rfc3339.format(time, unit, offset));
        quietly(() -> DatePattern.compile("%Y%m%d%H%M%S%N%z").format(time, unit, offset));
        quietly(() -> unit.epochSecondInYears(time));
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (FunctionException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static long inRange(long second, EpochUnit unit) {
        long most = Long.MAX_VALUE / unit.perSecond() - 86_400;
        return Math.max(-most, Math.min(second, most)) * unit.perSecond() + unit.perSecond() / 3;
    }
}
