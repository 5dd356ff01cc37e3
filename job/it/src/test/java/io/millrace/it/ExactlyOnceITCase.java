package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.proxy.FaultProxy.Direction;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One row for each message, although rows have the clock's time and the process is killed at each
 * point where it has told one server of a message and not yet the other.
 */
class ExactlyOnceITCase {
    private static final int MESSAGES = 2_000;
    private static final int DEVICES = 20;

    @TempDir private Path folder;
    private Mosquitto broker;
    private TDengineUnderTest tdengine;
    private FaultProxy toBroker;
    private FaultProxy toTdengine;
    private String database;
    private int published;

    @BeforeEach
    void startServers() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
        URI url = URI.create(tdengine.restUrl());
        toBroker = FaultProxy.to(broker.port());
        toTdengine = FaultProxy.to(url.getHost(), url.getPort());
        database = tdengine.freshDatabase("PRECISION 'ns'");
        tdengine.execute(
                "CREATE STABLE %s.messages (ts TIMESTAMP, seq BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database));
        Files.writeString(
                folder.resolve("messages.sql"),
                """
                INSERT INTO tdengine.%s.messages
                  /*+ OPTIONS('sink.delivery-guarantee' = 'exactly-once') */ (ts, seq, clientid)
                SELECT now_timestamp('nanosecond'), payload.s, clientid FROM "devices/+/seq";
                """
                        .formatted(database));
        Files.writeString(
                folder.resolve("millrace.yaml"),
                """
                connections:
                  mqtt:
                    type: mqtt
                    url: tcp://127.0.0.1:%d
                    scan.deduplication: session
                  tdengine:
                    type: tdengine
                    url: http://127.0.0.1:%d
                    username: %s
                    password: %s
                """
                        .formatted(
                                toBroker.port(),
                                toTdengine.port(),
                                tdengine.username(),
                                tdengine.password()));
    }

    @AfterEach
    void stopServers() throws Exception {
        if (broker != null) {
            toBroker.close();
            toTdengine.close();
            broker.close();
            tdengine.close();
        }
    }

    @Test
    void eachMessageIsOneRowWhateverIsCutByAKill() throws Exception {
        try (MillraceProcess millrace = new MillraceProcess(folder, "run", "messages.sql");
                Devices devices = new Devices(broker.url())) {
            millrace.start();
            awaitSubscription(devices);
            publish(devices);
            awaitAll();

            // The checkpoint is complete and its rows are not written.
            toTdengine.stall(Direction.TO_SERVER);
            publish(devices);
            awaitNoMoreCheckpoints();
            assertThat(count()).isEqualTo(published - MESSAGES);
            millrace.kill();
            toTdengine.resume();
            millrace.start();
            awaitAll();

            // Rows are written and the job does not know.
            awaitNoneUnderWay();
            toTdengine.stall(Direction.TO_CLIENT);
            // A row for each table goes as text, whose one request needs no earlier answer.
            publish(devices, DEVICES);
            patiently().until(() -> count() > published - DEVICES);
            millrace.kill();
            toTdengine.resume();
            millrace.start();
            // Only this one's rows tell that it reads again.
            publish(devices, DEVICES);
            awaitAll();

            // All rows are written and the broker does not know.
            toBroker.stall(Direction.TO_SERVER);
            publish(devices);
            awaitAll();
            millrace.kill();
            toBroker.cut();
            toBroker.resume();
            millrace.start();
            publish(devices);
            awaitAll();
            assertThat(millrace.stop()).isZero();
        }
        assertThat(count()).as("rows of %d messages", published).isEqualTo(published);
    }

    private void publish(Devices devices) throws Exception {
        publish(devices, MESSAGES);
    }

    private void publish(Devices devices, int messages) throws Exception {
        int from = published;
        devices.publish(
                messages,
                i -> "devices/d%d/seq".formatted(i % DEVICES),
                i -> "{\"s\": %d}".formatted(from + i));
        published += messages;
    }

    private void awaitSubscription(Devices devices) {
        patiently()
                .until(
                        () -> {
                            devices.publish("devices/marker/seq", "{\"s\": -1}");
                            return number("SELECT COUNT(*) FROM %s.messages".formatted(database))
                                    > 0;
                        });
    }

    /** While a commit hangs no other checkpoint is complete. */
    private void awaitNoMoreCheckpoints() {
        long[] latest = {-1};
        patiently()
                .during(Duration.ofSeconds(2))
                .until(
                        () -> {
                            long before = latest[0];
                            latest[0] = latestCheckpoint();
                            return before == latest[0];
                        });
    }

    /**
     * Rows are seen before the answer to their commit arrives, and an answer that is held back
     * holds back what comes after it, too. The second checkpoint from now was begun after all
     * answers.
     */
    private void awaitNoneUnderWay() {
        long now = latestCheckpoint();
        patiently().until(() -> latestCheckpoint() >= now + 2);
    }

    private long latestCheckpoint() {
        try (Stream<Path> files = Files.walk(folder.resolve(".millrace"))) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(file -> file.getParent().getFileName().toString())
                    .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
                    .max()
                    .orElse(-1);
        } catch (UncheckedIOException | IOException aFileWentMeanwhile) {
            return -1;
        }
    }

    private void awaitAll() {
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(
                                                tdengine.rows(
                                                        "SELECT DISTINCT seq FROM %s.messages WHERE seq >= 0"
                                                                .formatted(database)))
                                        .hasSize(published));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(300));
    }

    private long count() {
        return number("SELECT COUNT(*) FROM %s.messages WHERE seq >= 0".formatted(database));
    }

    private long number(String sql) {
        return ((Number) tdengine.rows(sql).get(0).get(0)).longValue();
    }
}
