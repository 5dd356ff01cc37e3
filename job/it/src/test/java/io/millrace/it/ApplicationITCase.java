package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.it.MillraceProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules as an application: a JobManager that plans them itself, by {@code millrace-job.jar}. */
@NeedsFlinkCluster
class ApplicationITCase {
    @TempDir private Path folder;

    @Test
    void runsRulesInAJobManagerOfTheirOwnAndEndsWithThem() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        try (Mosquitto broker =
                        Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
                TDengineUnderTest tdengine = TDengineUnderTest.start();
                FlinkCluster cluster =
                        FlinkCluster.in(folder.resolve("cluster"), FlinkDistribution.fetched())
                                .startTaskManagers();
                Devices devices = new Devices(broker.url())) {
            String database = tdengine.freshDatabase("PRECISION 'ms'");
            tdengine.execute("CREATE TABLE %s.t (ts TIMESTAMP, v DOUBLE)".formatted(database));
            Path rule =
                    Files.writeString(
                            folder.resolve("app.sql"),
                            """
                            INSERT INTO tdengine.%s.t (ts, v)
                            SELECT now_timestamp('millisecond'), payload.v FROM "app/#";
                            """
                                    .formatted(database));
            Files.writeString(
                    folder.resolve("millrace.yaml"),
                    """
                    connections:
                      mqtt: {type: mqtt, url: "%s"}
                      tdengine: {type: tdengine, url: "%s", username: %s, password: "%s"}
                    """
                            .formatted(
                                    broker.url(),
                                    tdengine.url(),
                                    tdengine.username(),
                                    tdengine.password()));
            try {
                Ended submitted =
                        MillraceProcess.call(
                                folder,
                                cluster.environment(),
                                "submit",
                                rule.getFileName().toString(),
                                "--target",
                                "application",
                                "--checkpoint-interval",
                                "300ms");
                assertThat(submitted.output()).contains("It runs.");
                assertThat(submitted.code()).isZero();
                devices.publish("app/1", "{\"v\": 1.5}");
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () ->
                                        !tdengine.rows("SELECT v FROM %s.t".formatted(database))
                                                .isEmpty());

                Ended upgraded =
                        MillraceProcess.call(folder, cluster.environment(), "upgrade", "app");
                assertThat(upgraded.output())
                        .contains("Job 'app' has a JobManager of its own", "millrace stop app");
                assertThat(upgraded.code()).isEqualTo(1);
                Ended stopped = MillraceProcess.call(folder, cluster.environment(), "stop", "app");
                assertThat(stopped.output()).contains("Job 'app' is stopped.", "savepoint-");
                assertThat(stopped.code()).isZero();
                await().atMost(Duration.ofSeconds(60)).until(() -> jobManager(cluster).isEmpty());
            } finally {
                jobManager(cluster).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** The process that Flink's script has noted. */
    private static Optional<ProcessHandle> jobManager(FlinkCluster cluster) throws IOException {
        Path pid = cluster.folder().resolve("pids/flink-it-standalonejob.pid");
        return Files.exists(pid)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive)
                : Optional.empty();
    }
}
