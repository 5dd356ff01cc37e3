package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace run} as a user meets it, with tables that need no server. */
class RunITCase {
    private static final String ENDLESS =
            """
            CREATE TEMPORARY TABLE numbers (n BIGINT)
                WITH ('connector' = 'datagen', 'rows-per-second' = '100');
            CREATE TEMPORARY TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO nowhere SELECT n FROM numbers;
            """;

    @TempDir private Path folder;

    private Path rule(String name, String sql) throws IOException {
        return Files.writeString(folder.resolve(name), sql);
    }

    private MillraceProcess run(String... arguments) throws IOException {
        return MillraceProcess.start(
                folder,
                Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new));
    }

    private void awaitCheckpoint() {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            try (Stream<Path> all =
                                    Files.walk(folder.resolve(".millrace/endless/checkpoints"))) {
                                return all.anyMatch(path -> path.endsWith("_metadata"));
                            } catch (IOException e) {
                                // A folder that Flink removed while it was read.
                                return false;
                            }
                        });
    }

    @Test
    void goesOnWhereItWasAfterAKillAndAfterACleanStop() throws Exception {
        rule("endless.sql", ENDLESS);
        try (MillraceProcess first = run("endless.sql")) {
            first.awaitOutput("no checkpoint yet");
            awaitCheckpoint();
            try (MillraceProcess second = run("endless.sql")) {
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.output()).contains("'endless' is running already as process");
            }
            first.kill();
            first.exitCode();
        }
        try (MillraceProcess next = run("endless.sql", "--status-interval", "1s")) {
            next.awaitOutput("goes on from checkpoint");
            next.awaitOutput("un-acked");
            next.terminate();

            assertThat(next.exitCode()).isZero();
            assertThat(next.output())
                    .contains("Stopped. The next run goes on from here.")
                    .doesNotContain("Exception")
                    .doesNotContain("\u001B");
        }
        try (MillraceProcess last = run("endless.sql")) {
            last.awaitOutput("goes on from checkpoint");
            last.terminate();
            assertThat(last.exitCode()).isZero();
        }
    }

    @Test
    void endsWithTwoAndThePlaceIfARuleIsWrong() throws Exception {
        rule("wrong.sql", "INSERT INTO nowhere SELECT n\nFRM numbers;\n");
        try (MillraceProcess wrong = run("wrong.sql")) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.output()).contains("wrong.sql:2:").doesNotContain("\tat ");
        }
    }

    @Test
    void endsWithTwoIfThereIsNoSuchFile() throws Exception {
        try (MillraceProcess missing = run("missing.sql")) {
            assertThat(missing.exitCode()).isEqualTo(2);
            assertThat(missing.output())
                    .contains("Rule file 'missing.sql' cannot be read.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void endsByItselfWithTheJob() throws Exception {
        rule(
                "bounded.sql",
                ENDLESS.replace("'rows-per-second' = '100'", "'number-of-rows' = '10'"));
        try (MillraceProcess bounded = run("bounded.sql", "--status-interval", "1s")) {
            assertThat(bounded.exitCode()).isZero();
            assertThat(bounded.output()).contains("The job ended: finished.");
        }
    }
}
