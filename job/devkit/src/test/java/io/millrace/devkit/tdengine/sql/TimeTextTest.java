package io.millrace.devkit.tdengine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2024-01-01, 2024-01-01T00:00:00Z",
        "2024-01-01 01:02:03, 2024-01-01T01:02:03Z",
        "2024-01-01 01:02:03.4, 2024-01-01T01:02:03.400Z",
        "2024-01-01T01:02:03.1234567899, 2024-01-01T01:02:03.123456789Z",
        "2024-01-01T01:02:03Z, 2024-01-01T01:02:03Z",
        "2024-01-01 01:02:03.5+08:00, 2023-12-31T17:02:03.500Z",
        "2024-01-01T01:02:03-0130, 2024-01-01T02:32:03Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
    })
    void readsTimes(String text, Instant expected) {
        assertThat(TimeText.parse(text, Precision.NS, ZoneOffset.UTC))
                .isEqualTo(OptionalLong.of(Precision.NS.ticks(expected)));
    }

    @Test
    void takesTheZoneForTimesWithoutOne() {
        assertThat(TimeText.parse("2024-01-01 00:00:00", Precision.MS, ZoneId.of("Asia/Shanghai")))
                .isEqualTo(OptionalLong.of(1704038400000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-13-01",
                "2024-02-30",
                "2024-01-01T00:00",
                "2024-01-01 25:00:00",
                "2024-01-01 00:00:00.",
                "2024-01-01T00:00:00+99:00",
                "12"
            })
    void refusesTheRest(String text) {
        assertThat(TimeText.parse(text, Precision.MS, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void convertsBetweenPrecisions() {
        assertThat(Precision.NS.from(1, Precision.MS)).isEqualTo(1_000_000);
        assertThat(Precision.MS.from(-1, Precision.NS)).isEqualTo(-1);
        assertThat(Precision.US.ticks(2, 'a')).isEqualTo(2_000);
        assertThat(Precision.MS.ticks(3, 'd')).isEqualTo(3 * 86_400_000L);
        assertThat(Precision.US.instant(-1))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }
}
