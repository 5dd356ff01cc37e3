package io.millrace.cli.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class TimesTest {
    private final Times times = new Times();

    @Test
    void readsWhatPeopleType() {
        ZoneId here = ZoneId.systemDefault();

        assertThat(times.convert("2026-11-22T10:00:00.5Z")).isEqualTo("2026-11-22T10:00:00.500Z");
        assertThat(times.convert("2026-11-22"))
                .isEqualTo(LocalDateTime.of(2026, 11, 22, 0, 0).atZone(here).toInstant());
        assertThat(times.convert("2026-11-22 10:30"))
                .isEqualTo(LocalDateTime.of(2026, 11, 22, 10, 30).atZone(here).toInstant());
        assertThat(times.convert("2h"))
                .isCloseTo(Instant.now().minus(2, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> times.convert("yesterday"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'yesterday' is no time; allowed are such as 2h");
    }
}
