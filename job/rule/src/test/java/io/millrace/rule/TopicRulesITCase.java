package io.millrace.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that publish, and rules over topics that the settings declare. */
class TopicRulesITCase {
    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private MqttClient client;
    private JobClient job;

    @BeforeAll
    static void startBroker() {
        broker = new EmbeddedBroker().start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void connect() throws MqttException {
        client = new MqttClient(broker.url(), "test-" + System.nanoTime(), new MemoryPersistence());
        client.connect();
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.cancel().get();
        }
        client.disconnect();
        client.close();
    }

    @Test
    void aRulePublishesToATopic() throws Exception {
        run(
                settings(""),
                """
                INSERT INTO mqtt.`default`.`alerts/x`
                SELECT JSON_OBJECT('device' VALUE clientid, 'temp' VALUE payload.temp) FROM "devices/+/temp"
                WHERE payload.temp > 50;
                """);
        listen("alerts/#");
        publish("devices/d1/temp", "{\"temp\": 20}");
        publish("devices/d2/temp", "{\"temp\": 71.5}");

        awaitReceived("alerts/x {\"device\":\"d2\",\"temp\":71.5}");
    }

    @Test
    void aTopicTakesColumnsAndAMessageMetadata() throws Exception {
        run(
                settings(""),
                """
                INSERT INTO "alerts/${clientid}/${level}" (payload, clientid, level, retain)
                SELECT payload, clientid, 3, TRUE FROM "values/+";
                """);
        listen("alerts/#");
        publish("values/d1", "hot");
        awaitReceived("alerts/d1/3 hot");
        client.unsubscribe("alerts/#");
        received.clear();
        // It is retained, so it comes to a subscription that is new.
        listen("alerts/#");

        awaitReceived("alerts/d1/3 hot");
    }

    @Test
    void oneTopicIsReadAndWrittenByOneJob() throws Exception {
        run(
                settings(""),
                """
                INSERT INTO "loop/b" SELECT payload.v FROM "loop/a";
                INSERT INTO "loop/c" SELECT payload FROM "loop/b";
                INSERT INTO "loop/d" SELECT CAST(payload.n + 1 AS STRING) FROM "loop/a";
                """);
        listen("loop/+");
        publish("loop/a", "{\"v\": \"x\", \"n\": 1}");

        awaitReceived("loop/b x");
        awaitReceived("loop/c x");
        awaitReceived("loop/d 2.0");
        assertThat(received).hasSize(4);
    }

    @Test
    void windowsOverADeclaredTopicFollowItsEventTime() throws Exception {
        run(
                settings(
                        """
                        topics:
                          "meters/+":
                            columns: {kwh: DOUBLE, ts: TIMESTAMP_LTZ(3)}
                            event-time: ts
                            watermark: ts - INTERVAL '5' SECOND
                          "counters/+":
                            columns: {n: INT, seconds: BIGINT}
                            event-time: seconds
                            time-unit: second
                        """),
                """
                SET 'table.local-time-zone' = 'UTC';
                INSERT INTO "sums/${clientid}" (payload, clientid)
                SELECT CAST(SUM(payload.kwh) AS STRING), clientid
                FROM TABLE(TUMBLE(TABLE "meters/+", DESCRIPTOR(ts), INTERVAL '1' MINUTE))
                GROUP BY window_start, window_end, clientid;
                INSERT INTO "counts/all"
                SELECT CAST(window_start AS STRING) || ' ' || CAST(SUM(payload.n) AS STRING)
                FROM TABLE(TUMBLE(TABLE "counters/+", DESCRIPTOR(seconds), INTERVAL '1' MINUTE))
                GROUP BY window_start, window_end;
                """);
        listen("sums/#");
        listen("counts/#");
        publish("meters/m1", "{\"kwh\": 1.5, \"ts\": \"2026-01-01T10:00:50Z\"}");
        // Later than the first, and in time.
        publish("meters/m1", "{\"kwh\": 2, \"ts\": \"2026-01-01T10:01:01Z\"}");
        publish("meters/m1", "{\"kwh\": 4, \"ts\": \"2026-01-01T10:00:59Z\"}");
        publish("meters/m1", "{\"kwh\": 8, \"ts\": \"2026-01-01T10:01:10Z\"}");
        publish("counters/c1", "{\"n\": 1, \"seconds\": 1767261600}");
        publish("counters/c2", "{\"n\": 2, \"seconds\": 1767261659}");
        publish("counters/c2", "{\"n\": 4, \"seconds\": 1767261660}");

        awaitReceived("sums/m1 5.5");
        awaitReceived("counts/all 2026-01-01 10:00:00.000 3");
    }

    @Test
    void aDeclaredTopicIsDescribedAndCheckedOnce() throws Exception {
        Settings settings =
                settings(
                        "topics: {\"devices/+\": {columns: {temp: DOUBLE, name: STRING}, format: json}}");
        String rule = "INSERT INTO \"out\" SELECT CAST(payload.temp AS STRING) FROM \"devices/+\";";
        assertThat(prepare(settings, rule).describe())
                .containsExactly(
                        "\"devices/+\"  payload ROW<`temp` DOUBLE, `name` STRING>, format 'payload-json', as declared");
        assertThatThrownBy(() -> prepare(settings, "-- schema: temp INT\n" + rule))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("rule.sql:1:12: Topic 'devices/+' is declared in ")
                .hasMessageContaining("millrace.yaml: Key 'topics.devices/+'");
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings,
                                        "INSERT INTO \"out\" SELECT payload.hum FROM \"devices/+\";"))
                .hasMessageContaining("hum");
    }

    @Test
    void aDeclarationThatIsWrongIsToldWithFileAndKey() {
        assertWrong("{columns: {x: DUBBLE}}", "Key 'topics.a/b.columns.x': ");
        assertWrong("{columns: {x: INT}, connection: mqt}", "Did you mean 'mqtt'?");
        assertWrong("{columns: {x: INT}, event-time: y}", "There is no member 'y' in 'columns'");
        assertWrong("{columns: {x: STRING}, event-time: x}", "an event time is TIMESTAMP_LTZ(3)");
        assertWrong("{columns: {x: INT}, watermark: x}", "A watermark needs an 'event-time'");
        assertWrong(
                "{columns: {qos: BIGINT}, event-time: qos}",
                "'qos' is a member and a metadata column");
        assertWrong(
                "{columns: {x: TIMESTAMP(3)}, event-time: x, time-unit: second}",
                "A unit is for an event time that is a whole number");
        assertWrong(
                "{columns: {x: TIMESTAMP(3)}, event-time: x, watermark: y - INTERVAL '1' SECOND}",
                "Key 'topics.a/b'");
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings("topics: {\"a/#/b\": {payload: STRING}}"),
                                        "INSERT INTO \"out\" SELECT 'x' FROM \"a\";"))
                .hasMessageContaining("Topic filter 'a/#/b' is not valid");
    }

    @Test
    void aTargetThatCannotBePublishedToIsToldWithItsPlace() {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings(""),
                                        "INSERT INTO \"alerts/${clientid}\" (payload)\nSELECT payload FROM \"a\";"))
                .hasMessageContaining(
                        "rule.sql:1:13: Topic 'alerts/${clientid}' needs the column 'clientid'");
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings(""),
                                        "INSERT INTO \"alerts\" (payload, retian)\nSELECT payload, TRUE FROM \"a\";"))
                .hasMessageContaining("Topic 'alerts' takes no column 'retian'")
                .hasMessageContaining("Did you mean 'retain'?");
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings(""),
                                        "INSERT INTO \"alerts/+\"\nSELECT payload FROM \"a\";"))
                .hasMessageContaining(
                        "rule.sql:1:13: 'alerts/+' cannot be written: it holds the wildcard +");
    }

    private void assertWrong(String declaration, String message) {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        settings("topics: {\"a/b\": " + declaration + "}"),
                                        "INSERT INTO \"out\" SELECT 'x' FROM \"a/b\";"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(message);
    }

    private Settings settings(String more) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("millrace.yaml"), more))
                .withJobName("it-" + System.nanoTime())
                .withConnection("mqtt", Map.of("type", "mqtt", "url", broker.url()));
    }

    private RuleJob prepare(Settings settings, String rules) throws IOException {
        Configuration target = new Configuration();
        target.set(DeploymentOptions.TARGET, "local");
        target.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        target.setString("rest.port", "0");
        target.setString("rest.bind-port", "0");
        target.setString("table.exec.source.idle-timeout", "1 s");
        Path file = Files.writeString(folder.resolve("rule.sql"), rules);
        return RuleJob.prepare(settings, List.of(file), target);
    }

    private void run(Settings settings, String rules) throws Exception {
        job = prepare(settings, rules).submit();
        Set<String> topics =
                Pattern.compile("(?:FROM|TABLE) \"([^\"]+)\"")
                        .matcher(rules)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
        // By name: the job of the test before may be connected still.
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                broker.subscriptions().values().stream()
                                        .flatMap(Set::stream)
                                        .collect(Collectors.toSet())
                                        .containsAll(topics));
    }

    private void listen(String filter) throws MqttException {
        client.subscribe(
                filter,
                1,
                (topic, message) ->
                        received.add(topic + " " + new String(message.getPayload(), UTF_8)));
    }

    private void publish(String topic, String payload) throws MqttException {
        client.publish(topic, payload.getBytes(UTF_8), 1, false);
    }

    private void awaitReceived(String message) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received).contains(message));
    }
}
