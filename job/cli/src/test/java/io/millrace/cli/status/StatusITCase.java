package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.MillraceProcess;
import io.millrace.cli.flink.FlinkDefaults;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.LocalCluster;
import io.millrace.cli.state.JobFolder;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.DevelopmentServer;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of rules in a running job, which are equations when nothing moves. */
class StatusITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int GOOD = 90;
    private static final int NEGATIVE = 30;
    private static final int BROKEN = 7;
    private static final int TOO_LONG = 5;
    private static final int SAME_TIME = 11;
    private static final int ALL = GOOD + NEGATIVE + BROKEN + TOO_LONG + SAME_TIME;

    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private DevelopmentServer server;
    private MqttAsyncClient device;
    private LocalCluster cluster;
    private JobClient job;
    private JobReader reader;
    private long time = 1_790_000_000_000L;

    @BeforeEach
    void start() throws Exception {
        broker = new EmbeddedBroker().start();
        server = DevelopmentServer.builder().start();
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), "root", "taosdata");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE d KEEP 36500d");
            for (String table : List.of("plain", "emqx", "twice", "counts")) {
                statement.execute(
                        "CREATE TABLE d." + table + " (ts TIMESTAMP, n INT, note NCHAR(8))");
            }
        }
        device = new MqttAsyncClient(broker.url(), "device", new MemoryPersistence());
        device.connect().waitForCompletion();
    }

    @AfterEach
    void stop() throws MqttException {
        server.faults().clear();
        if (cluster != null) {
            job.cancel().join();
            cluster.close();
        }
        device.disconnectForcibly(1);
        device.close();
        broker.close();
        server.close();
    }

    private void run(Map<String, String> tdengine, String interval, String... rules)
            throws Exception {
        List<Path> files = new ArrayList<>();
        for (String rule : rules) {
            String name = rule.lines().findFirst().orElseThrow().replace("-- ", "");
            files.add(Files.writeString(folder.resolve(name + ".sql"), rule));
        }
        JobFolder jobFolder = JobFolder.of(folder, "watched");
        Files.createDirectories(jobFolder.temporary());
        cluster =
                LocalCluster.start(
                        FlinkDefaults.configuration(
                                jobFolder,
                                "watched",
                                Optional.empty(),
                                Map.of("execution.checkpointing.interval", interval)));
        Settings settings =
                Settings.empty()
                        .withJobName("watched")
                        .withConnection("mqtt", Map.of("type", "mqtt", "url", broker.url()))
                        .withConnection(
                                "tdengine",
                                Map.of(
                                        "type",
                                        "tdengine",
                                        "url",
                                        server.url(),
                                        "username",
                                        "root",
                                        "password",
                                        "taosdata"))
                        .withConnection("tdengine", tdengine);
        job = RuleJob.prepare(settings, files, cluster.target()).submit();
        reader = new JobReader(new FlinkRest(cluster.rest()), job.getJobID().toHexString());
    }

    private RuleStatus rule(String name) throws Exception {
        return reader.read().rules().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void awaitSubscriptions(int sessions) {
        await().atMost(PATIENCE)
                .until(() -> broker.connectedClients().size() == sessions + 1 && isRunning());
        await().atMost(PATIENCE).until(() -> reader.read().rules().size() > 0);
    }

    private boolean isRunning() throws Exception {
        return reader.read().state().equals("RUNNING");
    }

    private void publish(int times, String payload) throws MqttException {
        for (int i = 0; i < times; i++) {
            String text = payload.replace("TIME", String.valueOf(time++)).replace("N", "" + i % 90);
            device.publish("in/1", text.getBytes(StandardCharsets.UTF_8), 1, false)
                    .waitForCompletion();
        }
    }

    private void publishAllKinds() throws MqttException {
        publish(GOOD, "{\"ts\": TIME, \"n\": N, \"note\": \"ok\"}");
        publish(NEGATIVE, "{\"ts\": TIME, \"n\": -1, \"note\": \"ok\"}");
        publish(BROKEN, "{\"ts\": TIME, \"n\": tru");
        publish(TOO_LONG, "{\"ts\": TIME, \"n\": 1, \"note\": \"longer than eight\"}");
        publish(SAME_TIME, "{\"ts\": 1780000000000, \"n\": N, \"note\": \"ok\"}");
    }

    private void awaitReceived(String rule, long messages) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(rule(rule).account().received())
                                        .isGreaterThanOrEqualTo(messages));
    }

    @Test
    void eachMessageIsAccountedForInEachRuleAlsoDuringAnOutage() throws Exception {
        run(
                Map.of(),
                "1 h",
                """
                -- plain
                INSERT INTO tdengine.d.plain (ts, n, note)
                SELECT payload.ts, payload.n, payload.note FROM "in/+" WHERE payload.n >= 0;
                """,
                """
                -- emqx
                SET 'rule.dialect' = 'emqx';
                INSERT INTO tdengine.d.emqx
                SELECT payload.ts as ts, payload.n as n, payload.note as note FROM "in/+"
                WHERE payload.n >= 0;
                """,
                """
                -- twice
                SET 'rule.dialect' = 'emqx';
                INSERT INTO tdengine.d.twice
                SELECT payload.ts as ts, payload.n as n, payload.note as note FROM "in/+", "in/1";
                """,
                """
                -- published
                INSERT INTO "out/all" SELECT topic FROM "in/+";
                """,
                """
                -- counts v1.2
                INSERT INTO tdengine.d.counts (ts, n)
                SELECT window_start, CAST(COUNT(*) AS INT) FROM TABLE(TUMBLE(TABLE "in/+",
                DESCRIPTOR(received_at), INTERVAL '1' SECOND)) GROUP BY window_start, window_end;
                """);
        awaitSubscriptions(3);
        // A first row, so that tables are known and a request is what stalls.
        publish(1, "{\"ts\": TIME, \"n\": N, \"note\": \"ok\"}");
        await().atMost(PATIENCE).until(() -> rule("plain").account().written() == 1);
        server.faults().stallRequests(true);
        publishAllKinds();

        awaitReceived("plain", ALL + 1);
        await().atMost(PATIENCE).until(() -> reader.read().balances());
        Account during = rule("plain").account();
        assertThat(during.inFlight()).isGreaterThan(GOOD / 2);
        assertThat(during.deadLetters()).isEqualTo(BROKEN + TOO_LONG);
        assertThat(rule("plain").unacked()).isEqualTo(ALL + 1);
        assertThat(rule("plain").lagMillis()).isPositive();

        server.faults().stallRequests(false);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                reader.read().rules().stream()
                                        .allMatch(rule -> rule.account().inFlight() == 0));
        JobStatus after = reader.read();
        assertThat(after.balances()).isTrue();
        assertPlain(rule("plain"));
        assertPlain(rule("emqx"));
        Account twice = rule("twice").account();
        assertThat(twice.isClaimed()).as(twice.noClaim()).isTrue();
        assertThat(twice.received()).isGreaterThanOrEqualTo(ALL + 1);
        assertThat(twice.filtered()).isZero();
        Account published = rule("published").account();
        assertThat(published.isClaimed()).as(published.noClaim()).isTrue();
        assertThat(published.written()).isEqualTo(ALL + 1 - BROKEN);
        assertThat(rule("counts v1.2").account().isClaimed()).isFalse();
        assertShown();
    }

    private static void assertPlain(RuleStatus rule) {
        Account account = rule.account();
        assertThat(account.isClaimed()).as(account.noClaim()).isTrue();
        assertThat(account.difference()).isZero();
        assertThat(account.received()).isEqualTo(ALL + 1);
        assertThat(account.filtered()).isEqualTo(NEGATIVE);
        assertThat(account.deadLetters()).isEqualTo(BROKEN + TOO_LONG);
        assertThat(account.collisions()).isPositive();
        assertThat(account.written() + account.collisions()).isEqualTo(GOOD + SAME_TIME + 1);
        assertThat(rule.passed()).hasValue(GOOD + TOO_LONG + SAME_TIME + 1);
    }

    /** The packaged command, on the same job. */
    private void assertShown() throws Exception {
        JsonNode json = new ObjectMapper().readTree(status("--json"));
        assertThat(json.path("job").path("name").asText()).isEqualTo("watched");
        assertThat(json.path("rules")).hasSize(5);
        assertThat(json.at("/rules/2/name").asText()).isEqualTo("plain");
        assertThat(json.at("/rules/2/received").asLong()).isEqualTo(ALL + 1);
        assertThat(json.at("/rules/2/equation/difference").asLong()).isZero();
        assertThat(status("watched"))
                .contains(
                        "RUNNING",
                        "counts v1.2",
                        ALL + 1 + " = 30 filtered + ",
                        "no equation: a row of it");
        assertThat(status("--prometheus"))
                .contains(
                        "millrace_rule_received_total{job=\"watched\",rule=\"plain\"} "
                                + (ALL + 1));
    }

    private String status(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("status", "--flink-url=" + cluster.rest()));
        all.addAll(List.of(arguments));
        try (MillraceProcess process = MillraceProcess.start(folder, all.toArray(String[]::new))) {
            assertThat(process.exitCode()).as(process.output()).isZero();
            return process.output();
        }
    }

    @Test
    void rowsThatWaitForACheckpointAreInFlight() throws Exception {
        run(
                Map.of("sink.delivery-guarantee", "exactly-once"),
                "3 s",
                """
                -- plain
                INSERT INTO tdengine.d.plain (ts, n, note)
                SELECT payload.ts, payload.n, payload.note FROM "in/+" WHERE payload.n >= 0;
                """);
        awaitSubscriptions(1);
        server.faults().stallRequests(true);
        publishAllKinds();
        awaitReceived("plain", 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rule("plain").account().inFlight()).isPositive());
        server.faults().stallRequests(false);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            Account account = rule("plain").account();
                            assertThat(account.received()).isEqualTo(ALL);
                            assertThat(account.inFlight()).isZero();
                            assertThat(account.difference()).isZero();
                        });
        assertThat(rule("plain").account().isClaimed()).isTrue();
        assertThat(reader.read().checkpoints().last()).isPresent();
    }
}
