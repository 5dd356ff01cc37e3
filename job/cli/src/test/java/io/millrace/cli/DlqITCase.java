package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code millrace dlq} on what {@code millrace run} could not write. */
class DlqITCase {
    private static final String BAD_ROW = "{\"n\": 1, \"text\": \"far too long\"}";
    private static final String BAD_MESSAGE = "{\"n\": \"no number\"}";

    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private TDengineUnderTest tdengine;
    private String database;
    private MqttAsyncClient device;

    @BeforeEach
    void start() throws MqttException {
        broker = new EmbeddedBroker().start();
        tdengine = TDengineUnderTest.start();
        database = tdengine.freshDatabase("PRECISION 'ns'");
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

    private void publish(String payload) throws MqttException {
        device.publish("seen", payload.getBytes(StandardCharsets.UTF_8), 1, false)
                .waitForCompletion();
    }

    private long rows() {
        String sql = "SELECT COUNT(*) FROM " + database + ".seen WHERE n > 0";
        return ((Number) tdengine.rows(sql).get(0).get(0)).longValue();
    }

    private record Ended(int code, String output) {}

    /** In this process, which is quicker. */
    private Ended millrace(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--state=" + folder.resolve(".millrace"));
        Path settings = folder.resolve("millrace.yaml");
        if (Files.exists(settings)) {
            all.add("--settings=" + settings);
        }
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code =
                Millrace.commandLine()
                        .setOut(writer)
                        .setErr(writer)
                        .execute(all.toArray(String[]::new));
        return new Ended(code, output.toString());
    }

    private void writeFiles(String deadLetters) throws Exception {
        Files.writeString(
                folder.resolve("seen.sql"),
                """
                INSERT INTO tdengine.%s.seen (ts, n, text, device)
                SELECT now_timestamp('nanosecond'), payload.n, payload.text, 'device' FROM "seen";
                """
                        .formatted(database));
        Files.writeString(
                folder.resolve("millrace.yaml"),
                """
                connections:
                  mqtt: {type: mqtt, url: "%s"}
                  tdengine: {type: tdengine, url: "%s", username: %s, password: "%s"%s}
                """
                        .formatted(
                                broker.url(),
                                tdengine.restUrl(),
                                tdengine.username(),
                                tdengine.password(),
                                deadLetters));
    }

    /** The job's sub-tables are made by the rows themselves, so by replayed ones too. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "table"})
    void listsAndReplays(String kind) throws Exception {
        tdengine.execute(
                ("CREATE STABLE %s.seen (ts TIMESTAMP, n BIGINT, text NCHAR(5))"
                                + " TAGS (device NCHAR(20))")
                        .formatted(database));
        writeFiles(
                kind.equals("table")
                        ? ", sink.dead-letter: \"table:%s.lost\"".formatted(database)
                        : "");
        try (MillraceProcess run =
                MillraceProcess.start(folder, "run", "seen.sql", "--status-interval=1s")) {
            run.awaitOutput("un-acked");
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                publish("{\"n\": -1}");
                                return !tdengine.rows("SELECT n FROM " + database + ".seen")
                                        .isEmpty();
                            });
            publish(BAD_ROW);
            publish(BAD_MESSAGE);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> millrace("dlq", "list").output().contains("\n2 dead letters."));

            Ended list = millrace("dlq", "list");
            assertThat(list.code()).isZero();
            assertThat(list.output())
                    .contains("mqtt", "seen", "tdengine", database + ".seen_device", "NCHAR(5)")
                    .doesNotContain(tdengine.password());
            assertThat(millrace("dlq", "list", "--json", "--origin=mqtt").output())
                    .contains("\"payload\":\"{\\\"n\\\": \\\"no number\\\"}\"")
                    .doesNotContain("far too long");

            Ended dry = millrace("dlq", "replay", "--dry-run");
            assertThat(dry.output()).contains("2 would be replayed, 0 would fail.");
            assertThat(dry.code()).isZero();

            Ended tooEarly = millrace("dlq", "replay", "--origin=tdengine");
            assertThat(tooEarly.code()).isEqualTo(1);
            assertThat(tooEarly.output())
                    .contains("failed", "0x2653", "0 replayed, 1 failed and stay.");

            tdengine.execute(
                    "ALTER STABLE %s.seen MODIFY COLUMN text NCHAR(50)".formatted(database));
            Ended replay = millrace("dlq", "replay");
            assertThat(replay.output())
                    .contains("row into " + database + ".seen_device", "18 bytes to seen")
                    .contains("2 replayed, 0 failed and stay.");
            assertThat(replay.code()).isZero();
            assertThat(rows()).isOne();

            // The message is no better than before and has become a letter again.
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    millrace("dlq", "list")
                                            .output()
                                            .contains("\n1 dead letter; 2 more"));
            Ended again = millrace("dlq", "replay", "--origin=tdengine");
            assertThat(again.output()).contains("0 replayed, 0 failed and stay; 1 were replayed");
            assertThat(rows()).isOne();
            run.terminate();
            assertThat(run.exitCode()).isZero();
        }
    }

    /** Its letter is in a table for rows, whole. */
    @Test
    void publishesAgainWhatARuleOfEmqxHadNoRowFor() throws Exception {
        tdengine.execute("CREATE TABLE %s.seen (ts TIMESTAMP, n BIGINT)".formatted(database));
        writeFiles(", sink.dead-letter: \"table:%s.lost\"".formatted(database));
        Files.writeString(
                folder.resolve("seen.sql"),
                """
                INSERT INTO tdengine.%s.seen
                SELECT now_timestamp('nanosecond') as ts, payload.n as n FROM "seen";
                """
                        .formatted(database));
        try (MillraceProcess run =
                MillraceProcess.start(
                        folder, "run", "seen.sql", "--dialect=emqx", "--status-interval=1s")) {
            run.awaitOutput("un-acked");
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                publish("{\"n\": -1}");
                                return !tdengine.rows("SELECT n FROM " + database + ".seen")
                                        .isEmpty();
                            });
            publish("no JSON");
            publish(BAD_MESSAGE);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> millrace("dlq", "list").output().contains("\n2 dead letters."));
            assertThat(millrace("dlq", "list", "--origin=rule").output())
                    .contains("Rule 'seen': decode_json_failed")
                    .contains("Rule 'seen': Column 'n': 'no number' is no number");
            Ended replay = millrace("dlq", "replay", "--reason=decode");
            assertThat(replay.output())
                    .contains("7 bytes to seen")
                    .contains("1 replayed, 0 failed and stay.");
            run.terminate();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void saysWhatIsMissingOrWrong() throws Exception {
        Ended nothing = millrace("dlq", "list");
        assertThat(nothing.output()).contains("No dead letters.");
        assertThat(nothing.code()).isZero();
        try (MillraceProcess process = MillraceProcess.start(folder, "dlq", "list")) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.output()).isEqualTo("No dead letters.\n");
        }
        Ended none = millrace("dlq", "list", "nowhere");
        assertThat(none.output()).contains("Dead letters 'nowhere' cannot be read");
        assertThat(none.code()).isEqualTo(2);

        Path letters =
                Files.writeString(
                        folder.resolve("x.jsonl"),
                        "{\"at\":\"2026-11-22T10:00:00Z\",\"origin\":\"mqtt\",\"reason\":\"r\","
                                + "\"topic\":\"a\",\"payload_base64\":\"YQ==\"}\n");
        Ended noBroker = millrace("dlq", "replay", letters.toString());
        assertThat(noBroker.output()).contains("type 'mqtt' is needed; give --mqtt-url");
        assertThat(noBroker.code()).isEqualTo(2);

        for (List<String> wrong :
                List.of(
                        List.of("dlq", "list", "--since=yesterday"),
                        List.of("dlq", "list", "--limit=0"),
                        List.of("dlq", "replay", "--origin=kafka"))) {
            assertThat(millrace(wrong.toArray(String[]::new)).code()).isEqualTo(2);
        }
    }

    @Test
    void leavesALetterAloneWhileTheBrokerIsAway() throws Exception {
        Path letters =
                Files.writeString(
                        folder.resolve("x.jsonl"),
                        "{\"at\":\"2026-11-22T10:00:00Z\",\"origin\":\"mqtt\",\"reason\":\"r\","
                                + "\"topic\":\"a\",\"payload_base64\":\"YQ==\"}\n");
        broker.close();

        Ended away = millrace("dlq", "replay", letters.toString(), "--mqtt-url=" + broker.url());
        assertThat(away.output()).contains("failed: Connection refused", "0 replayed");
        assertThat(away.code()).isEqualTo(1);
        assertThat(millrace("dlq", "list", letters.toString()).output()).contains("1 dead letter.");
    }
}
