package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.it.MillraceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    private static Mosquitto broker;
    private static TDengineUnderTest tdengine;
    private static String database;
    private static FlinkCluster cluster;
    private static Devices devices;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ns'");
        FlinkDistribution flink =
                FlinkDistribution.fetched()
                        .copy(
                                folder.resolve("flink"),
                                JOB.resolve("mqtt/target/millrace-mqtt-flink.jar"),
                                JOB.resolve("tdengine/target/millrace-tdengine-flink.jar"),
                                JOB.resolve("../udf/target/millrace-udf-flink.jar"));
        cluster =
                FlinkCluster.in(folder.resolve("cluster"), flink)
                        .taskManagers(2)
                        .variable("IT_PASSWORD", tdengine.password())
                        .start();
        devices = new Devices(broker.url());
    }

    @AfterAll
    static void stop() throws Exception {
        if (devices != null) {
            devices.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
            tdengine.close();
        }
    }

    @Test
    void aSubmittedJobStopsAndGoesOnWithoutLosingAMessage() throws Exception {
        Path project = project("plant", "devices/+/seq", "messages");
        Ended submitted = millrace(project, "submit", "plant.sql");
        assertThat(submitted.output()).contains("It runs.", "${env.IT_PASSWORD}");
        assertThat(submitted.code()).isZero();
        devices.publish(
                MESSAGES,
                i -> "devices/d%d/seq".formatted(i % 20),
                i -> "{\"s\": %d}".formatted(i));
        awaitRows("messages", MESSAGES);

        JsonNode jobs = new ObjectMapper().readTree(millrace(project, "list", "--json").output());
        assertThat(jobs.path("jobs").get(0).path("name").asText()).isEqualTo("plant");
        assertThat(jobs.path("jobs").get(0).path("state").asText()).isEqualTo("RUNNING");
        assertThat(jobs.path("jobs").get(0).path("where").asText()).isEqualTo("cluster");

        Ended second = millrace(project, "submit", "plant.sql");
        assertThat(second.output()).contains("Job 'plant' is there already", "--name OTHER");
        assertThat(second.code()).isEqualTo(1);
        Ended misspelt = millrace(project, "stop", "plants");
        assertThat(misspelt.output()).contains("Did you mean 'plant'?");
        assertThat(misspelt.code()).isEqualTo(1);
        assertThat(millrace(project, "logs", "plant", "--lines", "5").output())
                .contains("== TaskManager tm-", "== JobManager");

        Ended stopped = millrace(project, "stop", "plant");
        assertThat(stopped.code()).as(stopped.output()).isZero();
        String savepoint = stopped.output().lines().skip(1).findFirst().orElseThrow().strip();
        assertThat(savepoint).startsWith("file:").contains("/savepoints/savepoint-");
        devices.publish(
                MESSAGES,
                i -> "devices/d%d/seq".formatted(i % 20),
                i -> "{\"s\": %d}".formatted(MESSAGES + i));
        Ended again =
                millrace(
                        project,
                        "submit",
                        "plant.sql",
                        "--from-savepoint",
                        savepoint,
                        "--parallelism",
                        "2");
        assertThat(again.code()).as(again.output()).isZero();
        awaitRows("messages", 2 * MESSAGES);
        assertThat(count("messages")).as("no row has come twice").isEqualTo(2 * MESSAGES);

        Ended asked = millrace(project, "cancel", "plant");
        assertThat(asked.output()).contains("add --yes");
        assertThat(asked.code()).isEqualTo(2);
        Ended cancelled = millrace(project, "cancel", "plant", "--yes");
        assertThat(cancelled.output()).contains("is cancelled. Its last checkpoint:", "/chk-");
        assertThat(cancelled.code()).isZero();
        assertThat(millrace(project, "list").output()).contains("No job runs.");
    }

    /** The client's exit code is 0 whatever happens, so its output is looked at. */
    @Test
    void thePlainSqlClientRunsARuleWithTheDropInJars() throws Exception {
        table("plain");
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
                                        broker.url(),
                                        tdengine.url(),
                                        tdengine.username(),
                                        broker.url(),
                                        database));
        Path output = folder.resolve("sql-client.txt");
        Process client =
                cluster.distribution()
                        .script(cluster.environment(), "sql-client.sh", "-f", script.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(client.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).doesNotContain("[ERROR]").contains("Job ID:");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            devices.publish("plain/d1/seq", "{\"s\": 7}");
                            return count("plain") > 0;
                        });
        assertThat(millrace(folder, "cancel", "plain", "--yes").code()).isZero();
    }

    private static Path project(String name, String topic, String table) throws Exception {
        table(table);
        Path project = Files.createDirectory(folder.resolve(name));
        Files.writeString(
                project.resolve(name + ".sql"),
                """
                INSERT INTO tdengine.%s.%s (ts, seq, clientid)
                SELECT now_timestamp('nanosecond'), payload.s, clientid FROM "%s";
                """
                        .formatted(database, table, topic));
        Files.writeString(
                project.resolve("millrace.yaml"),
                """
                connections:
                  mqtt: {type: mqtt, url: "%s"}
                  tdengine: {type: tdengine, url: "%s", username: %s, password: "${env.IT_PASSWORD}"}
                """
                        .formatted(broker.url(), tdengine.url(), tdengine.username()));
        return project;
    }

    private static void table(String name) {
        tdengine.execute(
                "CREATE STABLE %s.%s (ts TIMESTAMP, seq BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database, name));
    }

    private static Ended millrace(Path project, String... arguments) throws Exception {
        return MillraceProcess.call(project, cluster.environment(), arguments);
    }

    private static void awaitRows(String table, int number) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(
                        () ->
                                assertThat(
                                                tdengine.rows(
                                                        "SELECT DISTINCT seq FROM %s.%s"
                                                                .formatted(database, table)))
                                        .hasSize(number));
    }

    private static long count(String table) {
        return ((Number)
                        tdengine.rows("SELECT COUNT(*) FROM %s.%s".formatted(database, table))
                                .get(0)
                                .get(0))
                .longValue();
    }
}
