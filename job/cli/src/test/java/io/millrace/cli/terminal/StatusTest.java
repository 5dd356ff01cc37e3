package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static Status after(Duration elapsed, String note) {
        return new Status(elapsed, 12_345, 12_300, 3, 1, 199.6, 42, 0, note);
    }

    @Test
    void saysEachNumberWithItsName() {
        assertThat(after(Duration.ofSeconds(65), "").inWords())
                .isEqualTo(
                        "1:05  received 12,345  written 12,300  200/s  in flight 0  un-acked 42"
                                + "  dead letters 3  collisions 1");
        assertThat(new Status(Duration.ZERO, 1, 1, 0, 0, 1, 0, 0, "").inWords())
                .endsWith("  un-acked 0");
    }

    @Test
    void putsNumbersBelowTheirHeads() {
        String heads = Status.columnHeads();
        String numbers = after(Duration.ofMinutes(2).plusSeconds(5), "").inColumns();

        assertThat(numbers).hasSameSizeAs(heads).startsWith("  2:05");
        assertThat(numbers.substring(0, heads.indexOf("received") + "received".length()))
                .endsWith("12,345");
    }

    @Test
    void endsWithWhatIsWrong() {
        assertThat(after(Duration.ZERO, "restarting").inWords()).endsWith("  restarting");
        assertThat(after(Duration.ZERO, "restarting").inColumns()).endsWith("  restarting");
    }
}
