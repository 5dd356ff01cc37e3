package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z_]+)\\{([a-z]+=\"(?:[^\"\\\\]|\\\\[\\\\n\"])*\"(?:,[a-z]+=\"(?:[^\"\\\\]|\\\\[\\\\n\"])*\")*)} -?\\d+(\\.\\d+)?(E-?\\d+)?");

    @Test
    void followsTheFormat() {
        String text = PrometheusText.of(List.of(Looks.of(Looks.plain(10_000), Looks.window())));
        assertThat(text).endsWith("\n");
        String type = null;
        String helped = null;
        Set<String> series = new HashSet<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("# HELP ")) {
                helped = line.split(" ")[2];
            } else if (line.startsWith("# TYPE ")) {
                type = line.split(" ")[2];
                assertThat(type).isEqualTo(helped);
                assertThat(type.endsWith("_total")).isEqualTo(line.endsWith(" counter"));
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isEqualTo(type);
                assertThat(series.add(sample.group(1) + sample.group(2))).as(line).isTrue();
            }
        }
        assertThat(text)
                .contains(
                        "millrace_rule_received_total{job=\"plant \\\"7\\\"\",rule=\"temp_hum\"} 10000\n")
                .contains(
                        "millrace_rule_lag_seconds{job=\"plant \\\"7\\\"\",rule=\"hourly\"} 0.24\n")
                .contains(
                        "millrace_rule_unaccounted{job=\"plant \\\"7\\\"\",rule=\"temp_hum\"} 0\n")
                .doesNotContain("unaccounted{job=\"plant \\\"7\\\"\",rule=\"hourly\"")
                .doesNotContain("filtered_total{job=\"plant \\\"7\\\"\",rule=\"hourly\"");
    }
}
