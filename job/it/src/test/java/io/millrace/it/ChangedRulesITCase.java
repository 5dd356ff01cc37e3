package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.Restore;
import io.millrace.cli.fit.SavedOperator;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.flink.FlinkDefaults;
import io.millrace.cli.flink.LocalCluster;
import io.millrace.cli.state.JobFolder;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.rule.JobOperator;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which state of a job its next version goes on from, and that it does. */
class ChangedRulesITCase {
    private static final String JOB = "plant";

    /** A full minute that TDengine still keeps. */
    private static final long NOW = System.currentTimeMillis() / 60_000 * 60_000;

    @TempDir private Path folder;
    private Mosquitto broker;
    private TDengineUnderTest tdengine;
    private String database;
    private LocalCluster cluster;
    private Devices devices;
    private JobClient running;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker"))).start();
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ms'");
        for (String table : List.of("plain", "extra", "counts")) {
            tdengine.execute(
                    "CREATE STABLE %s.%s (ts TIMESTAMP, v DOUBLE) TAGS (clientid NCHAR(64))"
                            .formatted(database, table));
        }
        cluster =
                LocalCluster.start(
                        FlinkDefaults.configuration(
                                JobFolder.of(folder, JOB), JOB, Optional.empty(), Map.of()));
        devices = new Devices(broker.url());
    }

    @AfterEach
    void stop() throws Exception {
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
    void whatARuleDoesNotChangeGoesOn() throws Exception {
        RuleJob first = plan(plain("temp", "payload.v + 1", "TRUE"), counts("counts", "temp", 10));
        running = first.submit();
        awaitSubscription("temp");
        publish("temp", 1, 11_000);
        publish("temp", 1, 12_000);
        await().until(() -> count("plain") >= 2);
        // The marker's window has ended: one is left open.
        await().until(() -> count("counts", "marker") >= 1);
        String savepoint = stopWithSavepoint();

        // Another window: what it holds cannot be read, and it is said whose it is.
        StateFit other =
                fit(
                        savepoint,
                        plan(counts("counts", "temp", 20), plain("temp", "payload.v", "TRUE")));
        assertThat(FitReport.reasons(other))
                .singleElement()
                .asString()
                .startsWith("Rule 'counts' holds 1 open window that the new version cannot read");
        // Another measure: its numbers must not be mixed with the old ones.
        assertThat(
                        fit(
                                savepoint,
                                plan(
                                        counts("counts", "temp", 10)
                                                .replace("SUM(payload.v)", "SUM(payload.v * 2)"))))
                .matches(fit -> !fit.isWhole());
        assertThat(FitReport.reasons(fit(savepoint, plan(plain("temp", "payload.v", "TRUE")))))
                .singleElement()
                .asString()
                .contains("the new version has no such rule");

        // A condition and an output changed, a rule added before, one renamed: all of it goes on.
        RuleJob second =
                plan(
                        rule("extra", "extra", "temp", "payload.v", "payload.v > 100"),
                        plain("temp", "payload.v * 2", "payload.v < 100"),
                        counts("sums", "temp", 10).replace("/*where*/", "WHERE payload.v > 0"));
        Restore restore = Restore.of(savepoint, second.operators(), true);
        assertThat(restore.fit().isWhole()).isTrue();
        assertThat(uids(restore.fit().taken())).anyMatch(uid -> uid.startsWith("MQTT source"));
        assertThat(uids(restore.fit().taken())).anyMatch(uid -> uid.startsWith("rule 'plain'"));
        assertThat(restore.fit().moves())
                .extracting(move -> move.to().uid())
                .anyMatch(uid -> uid.startsWith("rule 'sums': "));
        running = second.submit(restore.prepare());
        publish("temp", 1, 13_000);
        publish("temp", 1, 31_000);
        await().atMost(Duration.ofSeconds(30)).until(() -> count("counts") > 0);
        assertThat(
                        tdengine.rows(
                                        "SELECT v FROM %s.counts WHERE clientid = 'd1'"
                                                .formatted(database))
                                .get(0)
                                .get(0))
                .as("of messages before and after the change")
                .hasToString("3");
    }

    @Test
    void aRuleThatReadsAnotherTopicEmptiesItsFormerSession() throws Exception {
        running = plan(plain("temp", "payload.v", "TRUE")).submit();
        awaitSubscription("temp");
        String savepoint = stopWithSavepoint();
        for (int i = 0; i < 100; i++) {
            publish("temp", i, i);
        }
        RuleJob second = plan(plain("hum", "payload.v", "TRUE"));
        Restore restore = Restore.of(savepoint, second.operators(), true);
        assertThat(FitReport.lines(restore.fit(), second.operators()))
                .anyMatch(line -> line.contains("'p/+/temp' to 'p/+/hum'"));
        running = second.submit(restore.prepare());
        awaitSubscription("hum");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(
                                                tdengine.rows(
                                                        "SELECT v FROM %s.plain WHERE clientid = 'd1'"
                                                                .formatted(database)))
                                        .hasSize(100));
    }

    private static List<String> uids(List<SavedOperator> operators) {
        return operators.stream().flatMap(operator -> operator.uid().stream()).toList();
    }

    private StateFit fit(String savepoint, RuleJob job) throws Exception {
        List<JobOperator> operators = job.operators();
        return Restore.of(savepoint, operators, true).fit();
    }

    private String plain(String kind, String value, String condition) {
        return rule("plain", "plain", kind, value, condition);
    }

    private String rule(String name, String table, String kind, String value, String condition) {
        return """
                -- name: %s
                INSERT INTO tdengine.%s.%s (ts, v, clientid)
                SELECT ms, %s, clientid FROM "p/+/%s" WHERE %s;
                """
                .formatted(name, database, table, value, kind, condition);
    }

    private String counts(String name, String kind, int seconds) {
        return """
                -- name: %s
                INSERT INTO tdengine.%s.counts (ts, v, clientid)
                SELECT window_start, SUM(payload.v), clientid
                FROM TABLE(TUMBLE(TABLE "p/+/%s", DESCRIPTOR(ms), INTERVAL '%d' SECOND)) /*where*/
                GROUP BY window_start, window_end, clientid;
                """
                .formatted(name, database, kind, seconds);
    }

    private RuleJob plan(String... rules) throws Exception {
        String topics =
                List.of("temp", "hum").stream()
                        .map(
                                kind ->
                                        """
                                          "p/+/%s":
                                            columns: {v: DOUBLE, ms: BIGINT}
                                            event-time: ms
                                            time-unit: millisecond
                                            watermark: ms
                                        """
                                                .formatted(kind))
                        .reduce("topics:\n", String::concat);
        Settings settings =
                Settings.read(
                                Files.writeString(
                                        folder.resolve("millrace.yaml"),
                                        """
                                        job: {name: %s}
                                        connections:
                                          mqtt: {type: mqtt, url: "%s"}
                                          tdengine: {type: tdengine, url: "%s", username: "%s", password: "%s", sink.dead-letter: log}
                                        """
                                                        .formatted(
                                                                JOB,
                                                                broker.url(),
                                                                tdengine.url(),
                                                                tdengine.username(),
                                                                tdengine.password())
                                                + topics))
                        .withConnection("mqtt", Map.of("scan.dead-letter", "log"));
        Path file = Files.writeString(folder.resolve("rules.sql"), String.join("\n", rules));
        return RuleJob.prepare(settings, List.of(file), cluster.target());
    }

    private String stopWithSavepoint() throws Exception {
        return running.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get(60, TimeUnit.SECONDS);
    }

    private void publish(String kind, double value, long at) throws Exception {
        devices.publish("p/d1/" + kind, "{\"v\": %s, \"ms\": %d}".formatted(value, NOW + at));
    }

    private void awaitSubscription(String kind) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            devices.publish(
                                    "p/marker/" + kind, "{\"v\": -1, \"ms\": %d}".formatted(NOW));
                            return count("plain", "marker") > 0;
                        });
    }

    private long count(String table) {
        return count(table, "d1");
    }

    private long count(String table, String device) {
        return number(
                "SELECT COUNT(*) FROM %s.%s WHERE clientid = '%s'"
                        .formatted(database, table, device));
    }

    private long number(String sql) {
        return ((Number) tdengine.rows(sql).get(0).get(0)).longValue();
    }
}
