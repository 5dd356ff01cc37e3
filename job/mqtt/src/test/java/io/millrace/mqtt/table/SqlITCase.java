package io.millrace.mqtt.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.Publisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqlITCase {
    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static EmbeddedBroker broker;

    private StreamTableEnvironment sql;
    private Publisher publisher;
    private final List<TableResult> jobs = new ArrayList<>();

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() {
        broker = new EmbeddedBroker().start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(100);
        environment.setParallelism(1);
        sql = StreamTableEnvironment.create(environment);
        publisher = new Publisher(broker.url());
    }

    @AfterEach
    void close() throws Exception {
        for (TableResult job : jobs) {
            job.getJobClient().orElseThrow().cancel().get();
        }
        publisher.close();
        await().until(() -> broker.connectedClients().isEmpty());
    }

    @Test
    void payloadJsonDecodesIntoThePayloadColumn() {
        createTable("t", "a/+/temp", "payload ROW<temp DOUBLE, hum INT>", "payload-json");
        List<Row> rows =
                run(
                        "SELECT payload.temp, payload.hum, clientid FROM t",
                        1,
                        () -> publisher.publish("a/dev1/temp", "{\"temp\":21.5,\"hum\":\"40\"}"));

        assertThat(rows).containsExactly(Row.of(21.5, 40, "dev1"));
    }

    @Test
    void anyFormatDecodesThePhysicalRow() {
        createTable("t", "b/#", "temp DOUBLE, hum INT", "json");
        List<Row> rows =
                run(
                        "SELECT hum, topic FROM t",
                        1,
                        () -> publisher.publish("b/x", "{\"temp\":21.5,\"hum\":40}"));

        assertThat(rows).containsExactly(Row.of(40, "b/x"));
    }

    @Test
    void jsonFormatDecodesARowPayloadColumn() {
        createTable("t", "c/#", "payload ROW<temp DOUBLE>", "json");
        List<Row> rows =
                run(
                        "SELECT payload.temp FROM t",
                        1,
                        () -> publisher.publish("c/x", "{\"temp\":21.5}"));

        assertThat(rows).containsExactly(Row.of(21.5));
    }

    @Test
    void rawFormatDecodesTextAndBytes() {
        createTable("texts", "d/#", "payload STRING", "raw");
        createTable("binaries", "d/#", "payload BYTES", "raw");
        assertThat(run("SELECT payload FROM texts", 1, () -> publisher.publish("d/x", "héllo")))
                .containsExactly(Row.of("héllo"));
        assertThat(run("SELECT payload FROM binaries", 1, () -> publisher.publish("d/x", "ab")))
                .extracting(row -> new String((byte[]) row.getField(0), UTF_8))
                .containsExactly("ab");
    }

    @Test
    void payloadJsonDecodesScalarsAndSplitsTopLevelArrays() {
        createTable("scalars", "e/scalar", "payload DOUBLE", "payload-json");
        createTable("arrays", "e/array", "payload ROW<v INT>", "payload-json");
        assertThat(
                        run(
                                "SELECT payload * 2 FROM scalars",
                                1,
                                () -> publisher.publish("e/scalar", "21.5")))
                .containsExactly(Row.of(43.0));
        assertThat(
                        run(
                                "SELECT payload.v FROM arrays",
                                3,
                                () -> publisher.publish("e/array", "[{\"v\":1},{\"v\":2},{}]")))
                .containsExactly(Row.of(1), Row.of(2), Row.of((Integer) null));
    }

    @Test
    void allMetadataColumnsCanBeRead() {
        createCatalog();
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(
                List.of(new UserProperty("clientid", "press-7"), new UserProperty("k", "v")));
        properties.setContentType("text/plain");
        properties.setResponseTopic("answers");
        properties.setCorrelationData(new byte[] {1, 2});
        properties.setMessageExpiryInterval(1000L);
        List<Row> rows =
                run(
                        "SELECT payload, topic, clientid, qos, retain, received_at, message_id,"
                                + " user_properties, content_type, response_topic,"
                                + " correlation_data, message_expiry FROM mqtt.`default`.`f/+`",
                        1,
                        () ->
                                publisher.publish(
                                        "f/x",
                                        new MqttMessage(
                                                "hi".getBytes(UTF_8), 1, false, properties)));

        Row row = rows.get(0);
        assertThat(row.getField(0)).isEqualTo("hi");
        assertThat(row.getField(1)).isEqualTo("f/x");
        assertThat(row.getField(2)).isEqualTo("press-7");
        assertThat(row.getField(3)).isEqualTo(1);
        assertThat(row.getField(4)).isEqualTo(false);
        assertThat((Instant) row.getField(5))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat((Integer) row.getField(6)).isPositive();
        assertThat(row.getField(7)).isEqualTo(Map.of("clientid", "press-7", "k", "v"));
        assertThat(row.getField(8)).isEqualTo("text/plain");
        assertThat(row.getField(9)).isEqualTo("answers");
        assertThat((byte[]) row.getField(10)).containsExactly(1, 2);
        assertThat((Long) row.getField(11)).isBetween(900L, 1000L);
    }

    @Test
    void topicOfOneLevelAndDeclaredTopicAreTablesOfTheCatalog() {
        createCatalog();
        sql.executeSql(
                "CREATE TABLE mqtt.`default`.`g/+/x` (payload ROW<v INT>, clientid STRING METADATA VIRTUAL)"
                        + " WITH ('connector'='mqtt', 'url'='"
                        + broker.url()
                        + "', 'topic'='g/+/x', 'format'='payload-json', 'client-id.prefix'='declared')");
        assertThat(
                        run(
                                "SELECT payload FROM mqtt.`default`.g",
                                1,
                                () -> publisher.publish("g", "one level")))
                .containsExactly(Row.of("one level"));
        assertThat(
                        run(
                                "SELECT payload.v, clientid FROM mqtt.`default`.`g/+/x`",
                                1,
                                () -> publisher.publish("g/dev/x", "{\"v\":5}")))
                .containsExactly(Row.of(5, "dev"));
        assertThat(sql.listTables("mqtt", "default")).containsExactly("g/+/x");
    }

    @Test
    void undecodableMessagesBecomeDeadLettersAndTheRestArrives() throws Exception {
        createTable(
                "t",
                "h/+",
                "payload ROW<temp DOUBLE>",
                "payload-json",
                "'scan.dead-letter'='file:" + folder + "', 'scan.rules'='temp_hum'");
        List<Row> rows =
                run(
                        "SELECT payload.temp FROM t",
                        2,
                        () -> {
                            publisher.publish("h/a", "{\"temp\":1}");
                            publisher.publish("h/a", "{\"temp\":\"hot\"}");
                            publisher.publish("h/a", new byte[] {(byte) 0xFF, 0}, 1);
                            publisher.publish("h/a", "");
                            publisher.publish("h/a", "{\"temp\":2}");
                        });

        assertThat(rows).containsExactly(Row.of(1.0), Row.of(2.0));
        List<String> letters = deadLetters();
        assertThat(letters).hasSize(3);
        assertThat(letters.get(0))
                .contains("\"origin\":\"mqtt\"")
                .contains("Member 'temp' is \\\"hot\\\", which is no DOUBLE.")
                .contains("\"topic\":\"h/a\"")
                .contains("\"clientid\":\"a\"")
                .contains("\"rules\":[\"temp_hum\"]")
                .contains("\"payload\":\"{\\\"temp\\\":\\\"hot\\\"}\"")
                .contains("\"payload_base64\":\"eyJ0ZW1wIjoiaG90In0=\"");
        assertThat(letters.get(1)).contains("\"payload\":null,\"payload_base64\":\"/wA=\"");
        assertThat(letters.get(2)).contains("The payload is empty");
    }

    @Test
    void deadLettersWorkWithAFormatOfFlink() throws Exception {
        createTable("t", "i/+", "temp DOUBLE", "json", "'scan.dead-letter'='file:" + folder + "'");
        List<Row> rows =
                run(
                        "SELECT temp FROM t",
                        1,
                        () -> {
                            publisher.publish("i/a", "not json");
                            publisher.publish("i/a", "{\"temp\":2}");
                        });

        assertThat(rows).containsExactly(Row.of(2.0));
        assertThat(deadLetters()).singleElement().asString().contains("not json");
    }

    @Test
    void twoInsertsOfOneTopicShareOneSession() {
        createTable("t", "j/+", "payload ROW<temp DOUBLE, hum INT>", "payload-json");
        sql.executeSql(
                "CREATE TABLE sink1 (temp DOUBLE, clientid STRING) WITH ('connector'='blackhole')");
        sql.executeSql("CREATE TABLE sink2 (hum INT, topic STRING) WITH ('connector'='blackhole')");
        StatementSet set = sql.createStatementSet();
        set.addInsertSql("INSERT INTO sink1 SELECT payload.temp, clientid FROM t");
        set.addInsertSql(
                "INSERT INTO sink2 SELECT payload.hum, topic FROM t WHERE payload.hum > 3");
        String plan = set.explain();

        String execution = plan.substring(plan.indexOf("== Optimized Execution Plan =="));
        assertThat(execution.split("TableSourceScan", -1)).hasSize(2);

        jobs.add(set.execute());
        await().until(
                        () ->
                                broker.connectedClients().stream()
                                        .anyMatch(id -> id.startsWith("it-")));
        assertThat(broker.connectedClients().stream().filter(id -> id.startsWith("it-")))
                .hasSize(1);
    }

    @Test
    void aSourceIsFoundByItsSessionsWhateverTheQueryAndInACompiledPlan() throws Exception {
        createTable("t", "m/+", "payload ROW<temp DOUBLE, hum INT>", "payload-json");
        sql.executeSql("CREATE TABLE kept (x STRING) WITH ('connector'='blackhole')");
        String query = "INSERT INTO kept SELECT clientid FROM t";
        Set<String> uids = new HashSet<>();
        for (String other : List.of(query, query + " WHERE payload.temp > 3")) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment();
            StreamTableEnvironment planned = StreamTableEnvironment.create(environment);
            createTable(planned, "t", "m/+", "payload ROW<temp DOUBLE, hum INT>", "payload-json");
            planned.executeSql("CREATE TABLE kept (x STRING) WITH ('connector'='blackhole')");
            planned.createStatementSet().addInsertSql(other).attachAsDataStream();
            environment
                    .getStreamGraph()
                    .getStreamNodes()
                    .forEach(node -> uids.add(node.getTransformationUID()));
        }
        uids.remove(null);
        assertThat(uids).hasSize(1);

        jobs.add(
                sql.loadPlan(PlanReference.fromJsonString(sql.compilePlanSql(query).asJsonString()))
                        .execute());
        await().until(
                        () ->
                                broker.connectedClients().stream()
                                        .anyMatch(id -> id.startsWith("it-")));
    }

    @Test
    void twoSourcesThatWouldTakeEachOthersSessionAreRefused() {
        createTable("t", "n/+", "payload ROW<temp DOUBLE, hum INT>", "payload-json");
        sql.executeSql("CREATE TEMPORARY TABLE again WITH ('scan.retained'='never') LIKE t");
        sql.executeSql("CREATE TABLE all1 (x STRING) WITH ('connector'='blackhole')");
        StatementSet set = sql.createStatementSet();
        set.addInsertSql(
                "INSERT INTO all1 SELECT clientid FROM t UNION ALL SELECT topic FROM again");
        assertThatThrownBy(() -> set.execute().await(30, TimeUnit.SECONDS))
                .rootCause()
                .hasMessageContaining("MQTT source of topic 'n/+', client ids it-t-");
    }

    @Test
    void withoutCheckpointsMessagesAreAcknowledgedWhenTheyAreReceived() {
        sql = StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        createTable("t", "l/+", "payload STRING", "raw");
        assertThat(run("SELECT payload FROM t", 1, () -> publisher.publish("l/a", "first")))
                .containsExactly(Row.of("first"));
        assertThat(run("SELECT payload FROM t", 1, () -> publisher.publish("l/a", "second")))
                .containsExactly(Row.of("second"));
    }

    @Test
    void aWrongPasswordFailsTheJobWithWhatToDo() {
        Configuration noRestarts = new Configuration();
        noRestarts.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        sql =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(noRestarts));
        try (EmbeddedBroker closed = new EmbeddedBroker().withUser("me", "s3cret").start()) {
            sql.executeSql(
                    "CREATE TEMPORARY TABLE t (payload STRING) WITH ('connector'='mqtt', 'url'='"
                            + closed.url()
                            + "', 'topic'='m', 'format'='raw', 'client-id.prefix'='it',"
                            + " 'username'='me', 'password'='wrong')");

            assertThatThrownBy(() -> sql.executeSql("SELECT payload FROM t").collect().next())
                    .hasStackTraceContaining("refuses the user name or password")
                    .satisfies(
                            failure ->
                                    assertThat(ExceptionUtils.stringifyException(failure))
                                            .doesNotContain("wrong"));
        }
    }

    @Test
    void watermarksComeFromTheSource() {
        sql.executeSql(
                "CREATE TABLE t (v INT, ts TIMESTAMP_LTZ(3) METADATA FROM 'received_at' VIRTUAL,"
                        + " WATERMARK FOR ts AS ts) WITH ('connector'='mqtt', 'url'='"
                        + broker.url()
                        + "', 'topic'='k/+', 'format'='json', 'client-id.prefix'='it')");
        assertThat(sql.explainSql("SELECT v, ts FROM t")).contains("watermark=[");
        List<Row> rows =
                run(
                        "SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '0.2' SECOND))"
                                + " GROUP BY window_start, window_end",
                        1,
                        () -> {
                            publisher.publish("k/a", "{\"v\":1}");
                            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
                            publisher.publish("k/a", "{\"v\":2}");
                        });
        assertThat(rows).containsExactly(Row.of(1L));
    }

    private void createTable(
            String name, String topic, String columns, String format, String... more) {
        createTable(sql, name, topic, columns, format, more);
    }

    private static void createTable(
            TableEnvironment sql,
            String name,
            String topic,
            String columns,
            String format,
            String... more) {
        sql.executeSql(
                "CREATE TEMPORARY TABLE "
                        + name
                        + " ("
                        + columns
                        + ", topic STRING METADATA VIRTUAL, clientid STRING METADATA VIRTUAL) WITH ("
                        + "'connector'='mqtt', 'url'='"
                        + broker.url()
                        + "', 'topic'='"
                        + topic
                        + "', 'format'='"
                        + format
                        + "', 'client-id.prefix'='it-"
                        + name
                        + "'"
                        + (more.length == 0 ? "" : ", " + String.join(", ", more))
                        + ")");
    }

    private void createCatalog() {
        sql.executeSql(
                "CREATE CATALOG mqtt WITH ('type'='mqtt', 'url'='"
                        + broker.url()
                        + "', 'client-id.prefix'='it')");
    }

    /** Runs a query, publishes when it has subscribed, and returns the first rows. */
    private List<Row> run(String query, int count, Runnable publish) {
        TableResult result = sql.executeSql(query);
        List<Row> rows = new ArrayList<>();
        CloseableIterator<Row> iterator = result.collect();
        awaitSubscription();
        publish.run();
        publisher.flush();
        while (rows.size() < count && iterator.hasNext()) {
            rows.add(iterator.next());
        }
        result.getJobClient().orElseThrow().cancel().join();
        await().until(() -> broker.connectedClients().size() == 1);
        return rows;
    }

    private void awaitSubscription() {
        await().until(() -> !broker.subscriptions().isEmpty());
    }

    private List<String> deadLetters() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
