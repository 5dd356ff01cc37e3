package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.rule.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to messages when processes die, against a real Mosquitto. */
class FaultITCase {
    private static final int MESSAGES = 20_000;
    private static final int DEVICES = 20;

    @TempDir private Path folder;
    private Mosquitto broker;
    private TDengineUnderTest tdengine;
    private String database;
    private String rule;

    @BeforeEach
    void startServers() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ns'");
        tdengine.execute(
                "CREATE STABLE %s.messages (ts TIMESTAMP, seq BIGINT) TAGS (clientid NCHAR(64))"
                        .formatted(database));
        rule =
                """
                INSERT INTO tdengine.%s.messages (ts, seq, clientid)
                SELECT now_timestamp('nanosecond'), payload.s, clientid FROM "devices/+/seq";
                """
                        .formatted(database);
    }

    @AfterEach
    void stopServers() throws Exception {
        if (broker != null) {
            broker.close();
            tdengine.close();
        }
    }

    @Test
    void noMessageIsLostWhenTheProcessIsKilledAgainAndAgain() throws Exception {
        Files.writeString(folder.resolve("messages.sql"), rule);
        try (MillraceProcess millrace =
                new MillraceProcess(
                        folder,
                        "run",
                        "messages.sql",
                        "--mqtt-url",
                        broker.url(),
                        "--tdengine-url",
                        tdengine.url(),
                        "--tdengine-username",
                        tdengine.username(),
                        "--tdengine-password",
                        tdengine.password())) {
            millrace.start();
            try (Devices devices = new Devices(broker.url())) {
                awaitSubscription(devices);
                CompletableFuture<Void> published = publish(devices);
                for (int kill = 0; kill < 3; kill++) {
                    long before = distinct();
                    await().atMost(Duration.ofSeconds(90))
                            .until(() -> distinct() > before || published.isDone());
                    millrace.kill();
                    millrace.start();
                }
                published.join();
                awaitAll();
            }
            assertThat(millrace.stop()).isZero();
            assertThat(folder.resolve(".millrace")).exists();
        }
    }

    @Test
    void noMessageIsLostWhileTdengineIsDown() throws Exception {
        URI url = URI.create(tdengine.restUrl());
        try (FaultProxy proxy = FaultProxy.to(url.getHost(), url.getPort());
                RuleRun run = start("http://127.0.0.1:" + proxy.port());
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices);
            CompletableFuture<Void> published = publish(devices);
            await().until(() -> distinct() > 100);
            proxy.refuse();
            proxy.cut();
            published.join();
            long during = distinct();
            assertThat(during).isLessThan(MESSAGES);
            await().during(Duration.ofSeconds(10))
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> run.status().equals("RUNNING"));
            proxy.admit();
            awaitAll();
            assertThat(count()).as("no row was written under a second key").isEqualTo(MESSAGES);
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void noMessageIsLostWhenTheBrokerRestartsWhileItsQueueIsDrained() throws Exception {
        Settings settings = RuleRun.settings(folder, broker.url(), tdengine);
        Path file = Files.writeString(folder.resolve("rule.sql"), rule);
        try (RuleRun first = RuleRun.start(folder, settings, file);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices);
            assertThat(first.status()).isEqualTo("RUNNING");
        }
        try (Devices devices = new Devices(broker.url())) {
            publish(devices).join();
        }
        try (RuleRun second = RuleRun.start(folder, settings, file)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> distinct() > 0);
            broker.restart();
            awaitAll();
            assertThat(second.status()).isEqualTo("RUNNING");
        }
    }

    private RuleRun start(String tdengineUrl) throws Exception {
        Settings settings =
                RuleRun.settings(folder, broker.url(), tdengine)
                        .withConnection("tdengine", Map.of("url", tdengineUrl));
        return RuleRun.start(folder, settings, Files.writeString(folder.resolve("rule.sql"), rule));
    }

    private CompletableFuture<Void> publish(Devices devices) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        devices.publish(
                                MESSAGES,
                                i -> "devices/d%d/seq".formatted(i % DEVICES),
                                i -> "{\"s\": %d}".formatted(i));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void awaitSubscription(Devices devices) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            devices.publish("devices/marker/seq", "{\"s\": -1}");
                            return number("SELECT COUNT(*) FROM %s.messages".formatted(database))
                                    > 0;
                        });
    }

    private void awaitAll() {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(distinct()).isEqualTo(MESSAGES));
    }

    private long distinct() {
        return tdengine.rows(
                        "SELECT DISTINCT seq FROM %s.messages WHERE seq >= 0".formatted(database))
                .size();
    }

    private long count() {
        return number("SELECT COUNT(*) FROM %s.messages WHERE seq >= 0".formatted(database));
    }

    private long number(String sql) {
        return ((Number) tdengine.rows(sql).get(0).get(0)).longValue();
    }
}
