package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.it.ClusterUnderTest.Project;
import io.millrace.it.MillraceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules on a session cluster: a JobManager and two TaskManagers, with the drop-in jars in {@code
 * FLINK_HOME/lib}.
 */
@NeedsFlinkCluster
class SessionClusterITCase {
    private static final int MESSAGES = 2_000;
    private static final Path JOB = Path.of("..").toAbsolutePath().normalize();

    @TempDir private static Path folder;
    private static ClusterUnderTest under;

    @BeforeAll
    static void start() throws Exception {
        FlinkDistribution flink =
                FlinkDistribution.fetched()
                        .copy(
                                folder.resolve("flink"),
                                JOB.resolve("mqtt/target/millrace-mqtt-flink.jar"),
                                JOB.resolve("tdengine/target/millrace-tdengine-flink.jar"),
                                JOB.resolve("../udf/target/millrace-udf-flink.jar"));
        under = new ClusterUnderTest(folder, flink, cluster -> cluster.taskManagers(2));
    }

    @AfterAll
    static void stop() throws Exception {
        if (under != null) {
            under.close();
        }
    }

    @Test
    void aSubmittedJobStopsAndGoesOnWithoutLosingAMessage() throws Exception {
        Project project = under.project("plant", "devices/+/seq");
        assertThat(project.succeed("submit", "sql/plant.sql"))
                .contains("It runs.", ClusterUnderTest.PASSWORD);
        publish(0);
        under.awaitAll("plant", MESSAGES);

        JsonNode jobs = new ObjectMapper().readTree(project.succeed("list", "--json"));
        assertThat(jobs.path("jobs").get(0).path("name").asText()).isEqualTo("plant 1.0");
        assertThat(jobs.path("jobs").get(0).path("state").asText()).isEqualTo("RUNNING");
        assertThat(jobs.path("jobs").get(0).path("where").asText()).isEqualTo("cluster");

        refused(project, 1, "submit")
                .contains(
                        "Job 'plant 1.0' is there already",
                        "millrace upgrade 'plant 1.0'",
                        "--name OTHER");
        refused(project, 1, "stop", "plant 1").contains("Did you mean 'plant 1.0'?");
        assertThat(project.succeed("logs", "plant 1.0", "--lines", "5"))
                .contains("== TaskManager tm-", "== JobManager");

        String stopped = project.succeed("stop", "plant 1.0");
        String savepoint = stopped.lines().skip(1).findFirst().orElseThrow().strip();
        assertThat(savepoint).startsWith("file:").contains("/savepoints/savepoint-");
        publish(MESSAGES);
        refused(project, 1, "submit", "--from-savepoint", savepoint + "x")
                .contains(
                        "There is no savepoint or checkpoint '" + savepoint + "x'",
                        "Nothing is submitted.");
        project.succeed("submit", "--from-savepoint", savepoint, "--parallelism", "2");
        under.awaitAll("plant", 2 * MESSAGES);
        assertThat(under.count("plant")).as("no row has come twice").isEqualTo(2 * MESSAGES);

        refused(project, 2, "cancel", "plant 1.0").contains("add --yes");
        assertThat(project.succeed("cancel", "plant 1.0", "--yes"))
                .contains("is cancelled. Its last checkpoint:", "/chk-");
        assertThat(project.succeed("list")).contains("No job runs.");
    }

    private static AbstractStringAssert<?> refused(Project project, int code, String... arguments)
            throws Exception {
        Ended ended = project.millrace(arguments);
        assertThat(ended.code()).as(ended.output()).isEqualTo(code);
        return assertThat(ended.output());
    }

    private static void publish(int from) throws Exception {
        under.devices()
                .publish(
                        MESSAGES,
                        i -> "devices/d%d/seq".formatted(i % 20),
                        i -> "{\"s\": %d}".formatted(from + i));
    }

    /** The client's exit code is 0 whatever happens, so its output is looked at. */
    @Test
    void thePlainSqlClientRunsARuleWithTheDropInJars() throws Exception {
        under.table("plain");
        Path script =
                Files.writeString(
                        folder.resolve("plain.sql"),
                        """
                        SET 'pipeline.name' = 'plain';
                        SET 'execution.checkpointing.interval' = '200 ms';
                        LOAD MODULE millrace;
                        CREATE CATALOG mqtt WITH ('type' = 'mqtt', 'url' = '%s');
                        CREATE CATALOG tdengine WITH ('type' = 'tdengine', 'url' = '%s',
                          'username' = '%s', 'password' = '${env.IT_PASSWORD}');
                        CREATE TABLE seen (s BIGINT, clientid STRING METADATA VIRTUAL) WITH (
                          'connector' = 'mqtt', 'url' = '%s', 'topic' = 'plain/+/seq', 'format' = 'json');
                        INSERT INTO tdengine.%s.plain
                        SELECT CAST(NULL AS STRING), to_ts(now_timestamp('nanosecond'), 'nanosecond'), s, clientid
                        FROM seen;
                        """
                                .formatted(
                                        under.broker(),
                                        under.tdengine().url(),
                                        under.tdengine().username(),
                                        under.broker(),
                                        under.database()));
        Path output = folder.resolve("sql-client.txt");
        Process client =
                under.flink()
                        .distribution()
                        .script(
                                under.flink().environment(),
                                "sql-client.sh",
                                "-f",
                                script.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(client.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).doesNotContain("[ERROR]").contains("Job ID:");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            under.devices().publish("plain/d1/seq", "{\"s\": 7}");
                            return under.count("plain") > 0;
                        });
        assertThat(
                        MillraceProcess.call(
                                        folder,
                                        under.flink().environment(),
                                        "cancel",
                                        "plain",
                                        "--yes")
                                .code())
                .isZero();
    }
}
