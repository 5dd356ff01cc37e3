package io.millrace.functions.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.value.FunctionException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void clocksOfAllUnitsAgree() {
        long before = System.currentTimeMillis();
        long nano = EpochUnit.NANOSECOND.now(CLOCK);
        long micro = EpochUnit.MICROSECOND.now(CLOCK);
        long milli = EpochUnit.MILLISECOND.now(CLOCK);
        long second = EpochUnit.SECOND.now(CLOCK);
        long after = System.currentTimeMillis();

        assertThat(nano / 1_000_000).isBetween(before, after);
        assertThat(micro / 1_000).isBetween(before, after);
        assertThat(milli).isBetween(before, after);
        assertThat(second).isBetween(before / 1000, after / 1000);
    }

    @Test
    void nanosecondsAreFinerThanMilliseconds() {
        assertThat(IntStream.range(0, 1000).mapToLong(i -> EpochUnit.NANOSECOND.now(CLOCK)))
                .anyMatch(time -> time % 1_000_000 != 0);
    }

    @Test
    void aWrongUnitIsNamedTogetherWithTheRightOnes() {
        assertThatThrownBy(() -> EpochUnit.named("minute"))
                .hasMessage(
                        "unit 'minute' is not known; allowed are 'second', 'millisecond',"
                                + " 'microsecond', 'nanosecond'.");
    }

    @Test
    void anInstantThatNanosecondsCannotHoldIsRefused() {
        assertThatThrownBy(() -> EpochUnit.NANOSECOND.of(Instant.parse("2300-01-01T00:00:00Z")))
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining("coarser unit");
    }

    @Test
    void fractionsAreRoundedToTheUnitAndIgnoredForSeconds() {
        assertThat(Rfc3339.parse("2024-02-29T23:59:59.9996Z", EpochUnit.MILLISECOND))
                .isEqualTo(1_709_251_200_000L);
        assertThat(Rfc3339.parse("2024-02-29T23:59:59.9996Z", EpochUnit.SECOND))
                .isEqualTo(1_709_251_199L);
    }

    @Test
    void aLeapSecondIsTheSecondAfterIt() {
        assertThat(Rfc3339.parse("2016-12-31T23:59:60Z", EpochUnit.SECOND))
                .isEqualTo(Rfc3339.parse("2017-01-01T00:00:00Z", EpochUnit.SECOND));
    }

    @Test
    void hoursAboveTwentyThreeAreNoDate() {
        assertThatThrownBy(() -> Rfc3339.parse("2024-02-29T24:00:00Z", EpochUnit.SECOND))
                .isInstanceOf(FunctionException.class)
                .hasMessage("'2024-02-29T24:00:00Z' is no date that exists.");
    }

    @Test
    void localFollowsTheZoneAtThatTime() {
        TimeOffset paris = TimeOffset.parse("local", ZoneId.of("Europe/Paris"));
        DatePattern pattern = DatePattern.compile("%H:%M%:z");
        assertThat(pattern.format(1_735_689_600L, EpochUnit.SECOND, paris))
                .isEqualTo("01:00+01:00");
        assertThat(pattern.format(1_751_328_000L, EpochUnit.SECOND, paris))
                .isEqualTo("02:00+02:00");
    }

    @Test
    void unknownCodesAreCopied() {
        assertThat(
                        DatePattern.compile("%Q %% %5N %")
                                .format(0, EpochUnit.SECOND, new TimeOffset.Fixed(0)))
                .isEqualTo("%Q %% %5N %");
    }

    @Test
    void aFormatWithoutAYearCannotBeRead() {
        assertThatThrownBy(() -> DatePattern.compile("%m-%d %H:%M:%S").requireReadable())
                .hasMessage(
                        "format '%m-%d %H:%M:%S' has no %Y; a time needs all of %Y, %m, %d, %H, %M"
                                + " and %S.");
    }
}
