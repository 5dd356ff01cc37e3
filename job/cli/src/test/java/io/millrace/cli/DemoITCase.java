package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace demo} as a user meets it. */
class DemoITCase {
    private static final Pattern SUMMARY =
            Pattern.compile(
                    "([\\d,]+) messages received: ([\\d,]+) rows, ([\\d,]+) dead letters, ([\\d,]+) collisions");

    @TempDir private Path folder;

    @Test
    void showsRowsAndAccountsForEveryMessage() throws Exception {
        try (MillraceProcess demo =
                MillraceProcess.start(folder, "demo", "--duration", "6s", "--rate", "300")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.output())
                    .contains("mosquitto_pub", "curl", "The last rows", "device-0")
                    .doesNotContain("Exception")
                    .doesNotContain("warning")
                    .doesNotContain("\u001B");
            Matcher summary = SUMMARY.matcher(demo.output());
            assertThat(summary.find()).isTrue();
            long received = number(summary, 1);
            assertThat(received).isGreaterThan(1000);
            assertThat(number(summary, 2) + number(summary, 3) + number(summary, 4))
                    .isEqualTo(received);
            assertThat(number(summary, 3)).isEqualTo(received / 500);
        }
    }

    @Test
    void endsCleanlyWhenItIsAskedTo() throws Exception {
        try (MillraceProcess demo = MillraceProcess.start(folder, "demo")) {
            demo.awaitOutput("0:0");
            demo.terminate();
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.output()).contains("The last rows");
        }
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group).replace(",", ""));
    }
}
