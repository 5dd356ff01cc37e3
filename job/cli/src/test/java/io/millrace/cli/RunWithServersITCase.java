package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace run} between a broker and a TDengine. */
class RunWithServersITCase {
    private static final String PASSWORD_VARIABLE = "${env.NOT_SET_ANYWHERE}";
    private static final String MESSAGES = " WHERE n >= 0";

    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private TDengineUnderTest tdengine;
    private String table;
    private MqttAsyncClient device;

    @BeforeEach
    void start() throws MqttException, IOException {
        broker = new EmbeddedBroker().start();
        tdengine = TDengineUnderTest.start();
        table = tdengine.freshDatabase("PRECISION 'ns'") + ".seen";
        tdengine.execute("CREATE TABLE " + table + " (ts TIMESTAMP, n BIGINT)");
        Files.writeString(
                folder.resolve("seen.sql"),
                """
                INSERT INTO tdengine.%s (ts, n)
                SELECT now_timestamp('nanosecond'), payload.n FROM "seen";
                """
                        .formatted(table));
        device = new MqttAsyncClient(broker.url(), "device", new MemoryPersistence());
        device.connect().waitForCompletion();
    }

    @AfterEach
    void stop() throws MqttException {
        device.disconnectForcibly(1);
        device.close();
        broker.close();
        tdengine.close();
    }

    private MillraceProcess run(String password) throws IOException {
        return MillraceProcess.start(
                folder,
                "run",
                "seen.sql",
                "--status-interval=1s",
                "--mqtt-url=" + broker.url(),
                "--tdengine-url=" + tdengine.restUrl(),
                "--tdengine-username=" + tdengine.username(),
                "--tdengine-password=" + password);
    }

    private void publish(int from, int to) throws MqttException {
        for (int n = from; n < to; n++) {
            byte[] payload = "{\"n\": %d}".formatted(n).getBytes(StandardCharsets.UTF_8);
            device.publish("seen", payload, 1, false).waitForCompletion();
        }
    }

    /** Counts rows; those of the messages that tested the subscription have a negative n. */
    private long count(String where) {
        return ((Number) tdengine.rows("SELECT COUNT(*) FROM " + table + where).get(0).get(0))
                .longValue();
    }

    private void awaitMessages(int messages) {
        await().atMost(Duration.ofSeconds(60)).until(() -> count(MESSAGES) >= messages);
    }

    @Test
    void bringsEachMessageOnceAcrossACleanStop() throws Exception {
        try (MillraceProcess first = run(tdengine.password())) {
            first.awaitOutput("un-acked");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> broker.connectedClients().size() == 2);
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                // Nobody gets what is published before the subscription.
                                publish(-1, 0);
                                return count("") > 0;
                            });
            publish(0, 300);
            first.terminate();
            assertThat(first.exitCode()).isZero();
            assertThat(first.output())
                    .contains("Stopped. The next run goes on from here.")
                    .contains("payload", "seen", broker.url())
                    .doesNotContain(tdengine.password());
        }
        publish(300, 400);
        try (MillraceProcess second = run(tdengine.password())) {
            second.awaitOutput("goes on from checkpoint");
            publish(400, 500);
            awaitMessages(500);
            Path inTheWay = putAFileWhereCheckpointsGo();
            second.awaitOutput("checkpoints fail: ");
            Files.delete(inTheWay);
            second.awaitOutput("checkpoints succeed again");
            second.terminate();
            assertThat(second.exitCode()).isZero();
        }
        assertThat(tdengine.rows("SELECT DISTINCT n FROM " + table + " WHERE n >= 0")).hasSize(500);
        assertThat(count(MESSAGES)).as("each message once").isEqualTo(500);
    }

    private Path putAFileWhereCheckpointsGo() throws IOException {
        Path folderOfJob;
        Path all = folder.resolve(".millrace/seen/checkpoints");
        try (Stream<Path> jobs = Files.list(all)) {
            folderOfJob =
                    jobs.max(Comparator.comparingLong(path -> path.toFile().lastModified()))
                            .orElseThrow();
        }
        Path aside = folder.resolve("aside");
        await().ignoreExceptions()
                .until(
                        () -> {
                            // Flink may be making the folder anew at the same time.
                            PathUtils.deleteDirectory(Files.createDirectories(aside));
                            Files.move(folderOfJob, aside);
                            return Files.exists(Files.createFile(folderOfJob));
                        });
        return folderOfJob;
    }

    @Test
    void saysWhichVariableIsMissing() throws Exception {
        try (MillraceProcess run = run(PASSWORD_VARIABLE)) {
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.output()).contains("'NOT_SET_ANYWHERE'").doesNotContain("\tat ");
        }
    }
}
