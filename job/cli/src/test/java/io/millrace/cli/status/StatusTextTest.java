package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.terminal.Screen;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static List<String> lines(JobStatus status) {
        return new StatusText(Screen.plain()).of(status);
    }

    @Test
    void isATableWithAnEquationBelowEachRule() {
        List<String> lines = lines(Looks.of(Looks.plain(10_000), Looks.window()));
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "  10,000 = 2,000 filtered + 7,950 written +"
                                                        + " 10 dead letters + 40 in flight"))
                .anySatisfy(line -> assertThat(line).contains("no equation: a row of it"))
                .anySatisfy(line -> assertThat(line).contains("not answered for 12 s"))
                .anySatisfy(line -> assertThat(line).contains("RUNNING", "1:02:05", "2 restarts"))
                .anySatisfy(line -> assertThat(line).contains("connection refused"))
                .anySatisfy(line -> assertThat(line).contains("1 have failed, also the newest: No"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        String heads = lines.stream().filter(line -> line.startsWith("rule")).findFirst().get();
        String row = lines.stream().filter(line -> line.startsWith("temp_")).findFirst().get();
        assertThat(row.indexOf("10,000") + 6).isEqualTo(heads.indexOf("received") + 8);
    }

    @Test
    void saysWhatMovedMeanwhile() {
        assertThat(String.join("\n", lines(Looks.of(Looks.plain(10_012)))))
                .contains("10,012 = ", " in flight + 12 moving");
        assertThat(String.join("\n", lines(Looks.of(Looks.plain(9_999)))))
                .contains("9,999 = ", " in flight - 1 moving");
    }
}
