package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other commands find what {@code millrace run} runs, by its name. */
class LocalJobsITCase {
    private static final String NOWHERE = "http://127.0.0.1:9";

    @TempDir private Path folder;

    private MillraceProcess run() throws IOException {
        Files.writeString(
                folder.resolve("endless.sql"),
                """
                CREATE TEMPORARY TABLE numbers (n BIGINT)
                    WITH ('connector' = 'datagen', 'rows-per-second' = '100');
                CREATE TEMPORARY TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO nowhere SELECT n FROM numbers;
                """);
        return MillraceProcess.start(folder, "run", "endless.sql", "--status-interval", "1s");
    }

    private String call(int code, String... arguments) throws IOException, InterruptedException {
        try (MillraceProcess process = MillraceProcess.start(folder, arguments)) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(code);
            return process.output();
        }
    }

    @Test
    void aRunIsListedStoppedWithASavepointAndGoesOnFromIt() throws Exception {
        try (MillraceProcess run = run()) {
            run.awaitOutput("un-acked");
            JsonNode job =
                    new ObjectMapper().readTree(call(0, "list", "--json")).path("jobs").path(0);
            assertThat(job.path("name").asText()).isEqualTo("endless");
            assertThat(job.path("state").asText()).isEqualTo("RUNNING");
            assertThat(job.path("where").asText()).isEqualTo("local");
            assertThat(job.path("parallelism").asInt()).isEqualTo(1);
            assertThat(call(1, "stop", "endles", "--flink-url", NOWHERE))
                    .contains("No job 'endles' runs on this machine", "connection refused");

            assertThat(call(0, "stop", "endless"))
                    .contains("Job 'endless' is stopped. Savepoint:", "checkpoints/savepoint-");
            assertThat(run.exitCode()).isZero();
            assertThat(run.output()).contains("Stopped. The next run goes on from here.");
        }
        assertThat(folder.resolve(".millrace/endless/running.json")).doesNotExist();
        assertThat(call(0, "logs", "endless", "--flink-url", NOWHERE, "-n", "3"))
                .contains("== ", "millrace.log");

        try (MillraceProcess again = run()) {
            again.awaitOutput("goes on from checkpoint");
            again.awaitOutput("un-acked");
            assertThat(call(2, "cancel", "endless")).contains("add --yes");
            assertThat(call(0, "cancel", "endless", "--yes"))
                    .contains("is cancelled. Its last checkpoint:");
            assertThat(again.exitCode()).isZero();
            assertThat(again.output())
                    .contains("Cancelled. The next run goes on from the last checkpoint.");
        }
        assertThat(call(1, "list", "--flink-url", NOWHERE))
                .contains("No Flink cluster answers at http://127.0.0.1:9 (from --flink-url)");
    }
}
