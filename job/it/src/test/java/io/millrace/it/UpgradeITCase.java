package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.ClusterUnderTest.Project;
import io.millrace.it.MillraceProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost while messages come and come: not when rules change, not when a new version does
 * not come up, not when processes of the cluster are killed, not when the job becomes wider and
 * narrower. On a highly available cluster of a JobManager and two TaskManagers.
 */
@NeedsFlinkCluster
class UpgradeITCase {
    private static final int RATE = 5_000;
    private static final int MESSAGES = 50_000;

    @TempDir private static Path folder;
    private static ClusterUnderTest under;

    @BeforeAll
    static void start() throws Exception {
        under =
                new ClusterUnderTest(
                        folder,
                        FlinkDistribution.fetched(),
                        cluster -> cluster.taskManagers(2).highlyAvailable());
    }

    @AfterAll
    static void stop() throws Exception {
        if (under != null) {
            under.close();
        }
    }

    @Test
    void aRuleChangesWhileMessagesArrive() throws Exception {
        Project project = under.project("hot", "hot/+/seq");
        under.table("hot_counts");
        project.file("windows", window("hot", 1));
        project.succeed("submit");
        Load load = new Load(under.devices(), "hot/d%d/seq").start(RATE);
        under.awaitMore("hot", 1_000);

        project.file("windows", window("hot", 2));
        Ended refused = project.millrace("upgrade", project.job());
        assertThat(refused.code()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output())
                .contains(
                        "runs on unchanged",
                        "Rule 'windows' holds",
                        "open windows",
                        "--drop-state");
        project.file("windows", window("hot", 1));
        project.rule("payload.s", "WHERE payload.s >= 0");
        String changed = project.succeed("upgrade", project.job());
        assertThat(changed).contains("sessions hot-", "open windows of rule 'windows'", "away for");

        load.end(MESSAGES);
        under.awaitAll("hot", load.published());
        tell("a rule changed", "hot", load, changed);

        String savepoint = savepoint(project.succeed("stop", project.job()));
        project.file("windows", window("hot", 2));
        Ended unfit = project.millrace("submit", "--from-savepoint", savepoint);
        assertThat(unfit.code()).as(unfit.output()).isEqualTo(1);
        assertThat(unfit.output())
                .contains("Nothing is submitted", savepoint, "Rule 'windows' holds");
        assertThat(project.succeed("submit", "--from-savepoint", savepoint, "--drop-state"))
                .contains("is lost", "open windows of rule 'windows'", "It runs.");
        project.succeed("cancel", project.job(), "--yes");
    }

    /** The new version is planned where a variable is set, and started where it is not. */
    @Test
    void theVersionBeforeRunsAgainIfTheNewOneDoesNotComeUp() throws Exception {
        Project project = under.project("back", "back/+/seq");
        under.table("back_counts");
        project.file("windows", window("back", 1));
        project.succeed("submit");
        Load load = new Load(under.devices(), "back/d%d/seq").start(RATE / 5);
        under.awaitMore("back", 100);

        project.settings("", "${env.IT_ONLY_HERE}");
        Ended loops =
                project.millrace(
                        Map.of("IT_ONLY_HERE", under.tdengine().password()),
                        "upgrade",
                        project.job());
        assertThat(loops.code()).as(loops.output()).isEqualTo(1);
        assertThat(loops.output())
                .contains(
                        "The new version does not come up: ",
                        "IT_ONLY_HERE",
                        "The version before runs again",
                        "no message is lost",
                        "millrace upgrade 'back 1.0'");
        project.settings("", ClusterUnderTest.PASSWORD);
        Ended refused =
                project.millrace("upgrade", project.job(), "-D", "pipeline.max-parallelism=64");
        assertThat(refused.code()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output())
                .contains(
                        "does not come up: ",
                        "parallelism",
                        "job-result-store/*/*_DIRTY.json",
                        "The version before runs again");
        // As it says; another test starts the JobManager again.
        Path results = under.flink().folder().resolve("ha/job-result-store/default");
        try (var dirty = Files.newDirectoryStream(results, "*_DIRTY.json")) {
            for (Path file : dirty) {
                Files.delete(file);
            }
        }

        load.end(MESSAGES / 5);
        under.awaitAll("back", load.published());
        tell("two that did not come up", "back", load, loops.output() + refused.output());
        assertThat(under.count("back")).as("none has come twice").isEqualTo(load.published());
        project.succeed("cancel", project.job(), "--yes");
        // Each start of a job has a class loader with a netty of its own. The JVM itself may keep
        // the last in each of the two TaskManagers.
        await("nothing is left of the jobs that were started")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> under.flink().classesIn("io.netty.buffer.PooledByteBufAllocator"),
                        count -> count <= 2);
    }

    @Test
    void aTaskManagerAndTheJobManagerAreKilled() throws Exception {
        FlinkCluster cluster = under.flink();
        Project project = under.project("killed", "killed/+/seq");
        project.succeed("submit");
        Load load = new Load(under.devices(), "killed/d%d/seq").start(RATE);
        under.awaitMore("killed", 1_000);
        int index = taskManagerOf(project.job());
        cluster.killTaskManager(index);
        cluster.startTaskManager(index);
        under.awaitMore("killed", load.published());
        long rowsAfterFirst = under.count("killed");

        cluster.killJobManager();
        cluster.startJobManager();
        // Tasks go on writing for as long as they have not noticed.
        cluster.awaitJobs(1);
        under.awaitMore("killed", load.published());

        load.end(MESSAGES);
        under.awaitAll("killed", load.published());
        tell("processes killed", "killed", load, "after the first " + rowsAfterFirst);
        project.succeed("cancel", project.job(), "--yes");
    }

    @Test
    void aJobBecomesWiderAndNarrower() throws Exception {
        Project project = under.project("wide", "$share/g/wide/+/seq");
        project.settings("scan.sessions: 2, ", ClusterUnderTest.PASSWORD);
        project.succeed("submit");
        Load load = new Load(under.devices(), "wide/d%d/seq").start(RATE / 2);
        under.awaitMore("wide", 1_000);
        for (String parallelism : new String[] {"2", "1"}) {
            project.succeed("upgrade", project.job(), "--parallelism", parallelism);
        }
        load.end(MESSAGES / 2);
        under.awaitAll("wide", load.published());
        tell("rescaled 1, 2, 1", "wide", load, "");
        project.succeed("cancel", project.job(), "--yes");
    }

    private static String savepoint(String output) {
        return output.lines().skip(1).findFirst().orElseThrow().strip();
    }

    private static String window(String name, int hours) {
        return """
                INSERT INTO tdengine.%s.%s_counts (ts, seq, clientid)
                SELECT window_end, COUNT(payload.s), clientid
                FROM TABLE(TUMBLE(TABLE "%s/+/seq", DESCRIPTOR(received_at), INTERVAL '%d' HOUR))
                GROUP BY window_start, window_end, clientid;
                """
                .formatted(under.database(), name, name, hours);
    }

    /** Which TaskManager runs a job that has one task in each place. */
    private static int taskManagerOf(String job) throws Exception {
        for (JsonNode found : under.flink().flink().get("/jobs/overview").path("jobs")) {
            if (found.path("name").asText().equals(job)
                    && found.path("state").asText().equals("RUNNING")) {
                String id = found.path("jid").asText();
                JsonNode vertices = under.flink().flink().get("/jobs/" + id).path("vertices");
                String task =
                        "/jobs/%s/vertices/%s".formatted(id, vertices.path(0).path("id").asText());
                String manager =
                        under.flink()
                                .flink()
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

    private static void tell(String what, String table, Load load, String more) {
        System.out.printf(
                "%s: %d messages, 0 lost, %d second rows; %s%n",
                what, load.published(), under.count(table) - load.published(), more);
    }
}
