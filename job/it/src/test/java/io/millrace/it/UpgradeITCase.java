package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.it.MillraceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost while messages come and come: not when rules change, not when processes of the
 * cluster are killed, not when the job becomes wider and narrower. On a highly available cluster of
 * a JobManager and two TaskManagers.
 */
@NeedsFlinkCluster
class UpgradeITCase {
    private static final int RATE = 5_000;
    private static final int MESSAGES = 50_000;

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
        cluster =
                FlinkCluster.in(folder.resolve("cluster"), FlinkDistribution.fetched())
                        .taskManagers(2)
                        .highlyAvailable()
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
    void aRuleChangesWhileMessagesArrive() throws Exception {
        Path project = project("hot", "hot/+/seq");
        Path windows = project.resolve("sql/windows.sql");
        Files.writeString(windows, window("1"));
        submit(project);
        Load load = new Load(devices, "hot/d%d/seq").start(RATE);
        await().until(() -> distinct("hot") > 1_000);

        Files.writeString(windows, window("2"));
        Ended refused = millrace(project, "upgrade", "hot");
        assertThat(refused.code()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output())
                .contains(
                        "runs on unchanged",
                        "Rule 'windows' holds",
                        "open windows",
                        "--drop-state");
        Files.writeString(windows, window("1"));
        Files.writeString(
                project.resolve("sql/hot.sql"),
                rule("hot", "hot/+/seq", "payload.s", "WHERE payload.s >= 0"));
        Ended changed = millrace(project, "upgrade", "hot");
        assertThat(changed.code()).as(changed.output()).isZero();
        assertThat(changed.output())
                .contains("sessions hot-", "open windows of rule 'windows'", "away for");

        load.end(MESSAGES);
        awaitAll("hot", load);
        tell("a rule changed", "hot", load, changed.output());
        assertThat(millrace(project, "cancel", "hot", "--yes").code()).isZero();
    }

    @Test
    void aTaskManagerAndTheJobManagerAreKilled() throws Exception {
        Path project = project("killed", "killed/+/seq");
        submit(project);
        Load load = new Load(devices, "killed/d%d/seq").start(RATE);
        await().until(() -> distinct("killed") > 1_000);
        int index = taskManagerOf("killed");
        cluster.killTaskManager(index);
        cluster.startTaskManager(index);
        int atKill = load.published();
        awaitFurther("killed", atKill);
        long rowsAfterFirst = count("killed");

        cluster.killJobManager();
        cluster.startJobManager();
        int atSecond = load.published();
        awaitFurther("killed", atSecond);

        load.end(MESSAGES);
        awaitAll("killed", load);
        tell("processes killed", "killed", load, "after the first " + rowsAfterFirst);
        assertThat(millrace(project, "cancel", "killed", "--yes").code()).isZero();
    }

    @Test
    void aJobBecomesWiderAndNarrower() throws Exception {
        Path project = project("wide", "$share/g/wide/+/seq");
        Files.writeString(
                project.resolve("millrace.yaml"),
                settings("wide").replace("{type: mqtt,", "{type: mqtt, scan.sessions: 2,"));
        submit(project);
        Load load = new Load(devices, "wide/d%d/seq").start(RATE / 2);
        await().until(() -> distinct("wide") > 1_000);
        for (String parallelism : new String[] {"2", "1"}) {
            Ended changed = millrace(project, "upgrade", "wide", "--parallelism", parallelism);
            assertThat(changed.code()).as(changed.output()).isZero();
        }
        load.end(MESSAGES / 2);
        awaitAll("wide", load);
        tell("rescaled 1, 2, 1", "wide", load, "");
        assertThat(millrace(project, "cancel", "wide", "--yes").code()).isZero();
    }

    private static void submit(Path project) throws Exception {
        Ended submitted = millrace(project, "submit");
        assertThat(submitted.code()).as(submitted.output()).isZero();
    }

    /** A project with one rule, which writes the table of the project's name. */
    private static Path project(String name, String topic) throws Exception {
        tdengine.execute(
                "CREATE STABLE %s.%s (ts TIMESTAMP, seq BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database, name));
        tdengine.execute(
                "CREATE STABLE %s.%s_counts (ts TIMESTAMP, n BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database, name));
        Path project = Files.createDirectories(folder.resolve(name).resolve("sql")).getParent();
        Files.writeString(project.resolve("millrace.yaml"), settings(name));
        Files.writeString(
                project.resolve("sql").resolve(name + ".sql"), rule(name, topic, "payload.s", ""));
        return project;
    }

    private static String settings(String name) {
        return """
                job: {name: %s}
                connections:
                  mqtt: {type: mqtt, url: "%s"}
                  tdengine: {type: tdengine, url: "%s", username: %s, password: "${env.IT_PASSWORD}"}
                """
                .formatted(name, broker.url(), tdengine.url(), tdengine.username());
    }

    private static String rule(String table, String topic, String value, String condition) {
        return """
                INSERT INTO tdengine.%s.%s (ts, seq, clientid)
                SELECT now_timestamp('nanosecond'), %s, clientid FROM "%s" %s;
                """
                .formatted(database, table, value, topic, condition);
    }

    private static String window(String hours) {
        return """
                INSERT INTO tdengine.%s.hot_counts (ts, n, clientid)
                SELECT window_end, COUNT(payload.s), clientid
                FROM TABLE(TUMBLE(TABLE "hot/+/seq", DESCRIPTOR(received_at), INTERVAL '%s' HOUR))
                GROUP BY window_start, window_end, clientid;
                """
                .formatted(database, hours);
    }

    /** Which TaskManager runs a job that has one task in each place. */
    private static int taskManagerOf(String job) throws Exception {
        for (JsonNode found : cluster.flink().get("/jobs/overview").path("jobs")) {
            if (found.path("name").asText().equals(job)
                    && found.path("state").asText().equals("RUNNING")) {
                String id = found.path("jid").asText();
                JsonNode vertices = cluster.flink().get("/jobs/" + id).path("vertices");
                String task =
                        "/jobs/%s/vertices/%s".formatted(id, vertices.path(0).path("id").asText());
                String manager =
                        cluster.flink()
                                .get(task)
                                .path("subtasks")
                                .path(0)
                                .path("taskmanager-id")
                                .asText();
                return Integer.parseInt(manager.split("-")[1]);
            }
        }
        throw new AssertionError("Job '" + job + "' does not run");
    }

    private static void awaitFurther(String table, int number) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> distinct(table) > number);
    }

    private static void awaitAll(String table, Load load) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(distinct(table)).isEqualTo(load.published()));
    }

    private static void tell(String what, String table, Load load, String more) {
        System.out.printf(
                "%s: %d messages, 0 lost, %d second rows; %s%n",
                what, load.published(), count(table) - load.published(), more);
    }

    private static Ended millrace(Path project, String... arguments) throws Exception {
        return MillraceProcess.call(project, cluster.environment(), arguments);
    }

    private static long distinct(String table) {
        return tdengine.rows("SELECT DISTINCT seq FROM %s.%s".formatted(database, table)).size();
    }

    private static long count(String table) {
        return number("SELECT COUNT(*) FROM %s.%s".formatted(database, table));
    }

    private static long number(String sql) {
        return ((Number) tdengine.rows(sql).get(0).get(0)).longValue();
    }
}
