package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTableTest {
    @Test
    void alignsColumnsToTheirWidestCell() {
        String table =
                RowTable.of(
                        List.of("ts", "temp"),
                        List.of(
                                List.of("2026-11-22 10:00:00.001", "20.5"),
                                List.of("2026-11-22 10:00:00.01", "7")));

        assertThat(table.lines())
                .containsExactly(
                        "  ts                       temp",
                        "  2026-11-22 10:00:00.001  20.5",
                        "  2026-11-22 10:00:00.01   7   ".stripTrailing());
    }

    @Test
    void cutsCellsThatAreTooWide() {
        String table = RowTable.of(List.of("a", "b"), List.of(List.of("x".repeat(100), "y")));

        assertThat(table.lines().skip(1)).singleElement().asString().hasSizeLessThan(60);
    }

    @Test
    void obeysNothingThatACellSays() {
        assertThat(RowTable.of(List.of("a"), List.of(List.of("@|red no|@\u001B[31m"))))
                .contains("@ |red no|@?[31m");
    }
}
