package io.millrace.mqtt.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.Subscriber;
import io.millrace.mqtt.client.ReceivedMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MqttSinkSqlITCase {
    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static EmbeddedBroker broker;

    private StreamTableEnvironment sql;
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
    void open() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(100);
        environment.setParallelism(1);
        sql = StreamTableEnvironment.create(environment);
    }

    @AfterEach
    void close() throws Exception {
        for (TableResult job : jobs) {
            job.getJobClient().orElseThrow().cancel().get();
        }
        await().until(() -> broker.connectedClients().isEmpty());
    }

    @Test
    void columnsOfTheTopicAreNotPartOfAPayloadColumn() throws Exception {
        target("t", "a/${device}/x", "device STRING, payload STRING", "raw");
        assertThat(publish("a/#", "INSERT INTO t VALUES ('d1', 'one'), ('d2', 'two')", 2))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("a/d1/x one", "a/d2/x two");
    }

    @Test
    void otherwiseAllPhysicalColumnsAreThePayload() throws Exception {
        target("t", "b/${device}", "device STRING, temp DOUBLE, n INT", "json");
        target("u", "b/u", "device STRING, temp DOUBLE", "payload-json");
        assertThat(publish("b/#", "INSERT INTO t VALUES ('d1', 1.5, 7)", 1))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("b/d1 {\"device\":\"d1\",\"temp\":1.5,\"n\":7}");
        assertThat(publish("b/#", "INSERT INTO u VALUES ('d1', 1.5)", 1))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("b/u {\"device\":\"d1\",\"temp\":1.5}");
    }

    @Test
    void aRowInThePayloadColumnIsThePayload() throws Exception {
        target("t", "c/t", "payload ROW<temp DOUBLE, ok BOOLEAN>", "json");
        target("u", "c/u", "payload ROW<temp DOUBLE, ok BOOLEAN>", "payload-json");
        target("v", "c/v", "payload DOUBLE", "payload-json");
        for (String table : List.of("t", "u")) {
            assertThat(publish("c/#", "INSERT INTO " + table + " SELECT ROW(1.5, TRUE)", 1))
                    .extracting(MqttSinkSqlITCase::text)
                    .containsExactly("c/" + table + " {\"temp\":1.5,\"ok\":true}");
        }
        assertThat(publish("c/#", "INSERT INTO v VALUES (2.5)", 1))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("c/v 2.5");
    }

    @Test
    void metadataComesBackAsItWasWritten() throws Exception {
        String columns =
                "payload STRING, topic STRING METADATA, qos INT METADATA, retain BOOLEAN METADATA,"
                        + " ttl BIGINT METADATA FROM 'message_expiry', user_properties MAP<STRING, STRING> METADATA,"
                        + " content_type STRING METADATA, response_topic STRING METADATA,"
                        + " correlation_data BYTES METADATA";
        target(
                "out_t",
                "d/default",
                columns,
                "raw",
                "'sink.content-type'='text/fixed'",
                "'sink.user-properties'='site:7,unit:K'",
                "'sink.retain'='true'",
                "'sink.message-expiry'='2 min'");
        target("in_t", "d/#", columns, "raw");
        TableResult read = sql.executeSql("SELECT * FROM in_t");
        CloseableIterator<Row> rows = read.collect();
        await().until(() -> !broker.subscriptions().isEmpty());
        sql.executeSql(
                        "INSERT INTO out_t VALUES "
                                + "('row', 'd/row', 0, FALSE, 77, MAP['unit', 'C', 'a', 'b'], 'text/row', 'answers', x'01ff'),"
                                + "('fixed', CAST(NULL AS STRING), CAST(NULL AS INT), CAST(NULL AS BOOLEAN), CAST(NULL AS BIGINT),"
                                + " CAST(NULL AS MAP<STRING, STRING>), CAST(NULL AS STRING), CAST(NULL AS STRING), CAST(NULL AS BYTES))")
                .await();
        List<Row> got = new ArrayList<>(List.of(rows.next(), rows.next()));
        got.sort(Comparator.comparing(row -> row.getField(0).toString()));

        Row fixed = got.get(0);
        assertThat(fixed.getField(0)).isEqualTo("fixed");
        assertThat(fixed.getField(1)).isEqualTo("d/default");
        assertThat(fixed.getField(2)).isEqualTo(1);
        assertThat((Long) fixed.getField(4)).isBetween(110L, 120L);
        assertThat(fixed.getField(5)).isEqualTo(Map.of("site", "7", "unit", "K"));
        assertThat(fixed.getField(6)).isEqualTo("text/fixed");
        assertThat(fixed.getField(7)).isNull();
        assertThat(fixed.getField(8)).isNull();

        Row row = got.get(1);
        assertThat(row.getField(0)).isEqualTo("row");
        assertThat(row.getField(1)).isEqualTo("d/row");
        assertThat(row.getField(2)).isEqualTo(0);
        assertThat(row.getField(3)).isEqualTo(false);
        assertThat((Long) row.getField(4)).isBetween(60L, 77L);
        assertThat(row.getField(5)).isEqualTo(Map.of("site", "7", "unit", "C", "a", "b"));
        assertThat(row.getField(6)).isEqualTo("text/row");
        assertThat(row.getField(7)).isEqualTo("answers");
        assertThat((byte[]) row.getField(8)).containsExactly(1, 0xFF);
        read.getJobClient().orElseThrow().cancel().get();
        // What was to be kept is kept, and nothing else.
        assertThat(retained("d/#")).containsExactly("d/default fixed");
    }

    @Test
    void rowsThatMakeNoTopicAreDeadLetters() throws Exception {
        target(
                "t",
                "e/${device}",
                "device STRING, payload STRING, qos INT METADATA",
                "raw",
                "'sink.dead-letter'='file:" + folder + "'",
                "'sink.rule'='alarms'");
        assertThat(
                        publish(
                                "e/#",
                                "INSERT INTO t VALUES (CAST(NULL AS STRING), 'p', 1), ('a/b', 'p', 1), ('a+', 'p', 1),"
                                        + " ('#', 'p', 1), ('ok', 'p', 7), ('fine', 'p', 1)",
                                1))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("e/fine p");
        assertThat(deadLetters())
                .hasSize(5)
                .anySatisfy(
                        letter ->
                                assertThat(letter)
                                        .contains("Column 'device' is NULL")
                                        .contains("\"row\":{\"device\":null,\"payload\":\"p\"")
                                        .contains("\"rule\":\"alarms\""))
                .anySatisfy(
                        letter -> assertThat(letter).contains("a / would make another level of it"))
                .anySatisfy(letter -> assertThat(letter).contains("+ is a wildcard"))
                .anySatisfy(letter -> assertThat(letter).contains("# is a wildcard"))
                .anySatisfy(letter -> assertThat(letter).contains("The qos is 7"));
    }

    @Test
    void messagesThatCannotBeReadGoToATopic() throws Exception {
        target("t", "f/in", "temp DOUBLE", "payload-json", "'scan.dead-letter'='topic:f/dead'");
        sql.executeSql("CREATE TABLE hole (temp DOUBLE) WITH ('connector'='blackhole')");
        jobs.add(sql.executeSql("INSERT INTO hole SELECT temp FROM t"));
        await().until(() -> !broker.subscriptions().isEmpty());
        try (Subscriber letters = new Subscriber(broker.url(), "f/dead");
                Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("f/in", "no json");
            publisher.publish("f/in", "{\"temp\":1}");
            publisher.publish("f/in", "{\"temp\":\"hot\"}");

            await().until(() -> letters.messages().size() == 2);
            assertThat(letters.texts().get(0))
                    .startsWith("{\"at\":\"")
                    .contains("\"origin\":\"mqtt\"")
                    .contains("\"topic\":\"f/in\"")
                    .contains("\"payload\":\"no json\"");
            assertThat(letters.messages()).allMatch(letter -> letter.qos() == 1);
        }
    }

    @Test
    void windowsCanBePublished() throws Exception {
        target("t", "g/counts", "w TIMESTAMP(3), n BIGINT", "json");
        sql.executeSql(
                "CREATE TABLE numbers (i INT, ts AS CAST(TIMESTAMP '2026-01-01 00:00:00' AS TIMESTAMP(3)), WATERMARK FOR ts AS ts)"
                        + " WITH ('connector'='datagen', 'number-of-rows'='10')");
        assertThat(
                        publish(
                                "g/#",
                                "INSERT INTO t SELECT CAST(window_start AS TIMESTAMP(3)), COUNT(*)"
                                        + " FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"
                                        + " GROUP BY window_start, window_end",
                                1))
                .extracting(MqttSinkSqlITCase::text)
                .containsExactly("g/counts {\"w\":\"2026-01-01 00:00:00\",\"n\":10}");
    }

    @Test
    void twoSinksOfOneJobPublishToOneTopic() throws Exception {
        target("t", "h/x", "payload STRING", "raw");
        target("numbers", "h/in", "payload STRING", "raw");
        StatementSet set = sql.createStatementSet();
        set.addInsertSql("INSERT INTO t SELECT payload || '-1' FROM numbers");
        set.addInsertSql("INSERT INTO t SELECT payload || '-2' FROM numbers");
        jobs.add(set.execute());
        await().until(() -> !broker.subscriptions().isEmpty());
        try (Subscriber subscriber = new Subscriber(broker.url(), "h/x");
                Publisher publisher = new Publisher(broker.url())) {
            for (int i = 0; i < 50; i++) {
                publisher.publish("h/in", Integer.toString(i));
            }
            publisher.flush();

            await().until(() -> subscriber.messages().size() == 100);
            assertThat(subscriber.texts()).contains("49-1", "49-2").doesNotHaveDuplicates();
        }
    }

    private static String text(ReceivedMessage message) {
        return message.topic() + " " + new String(message.payload(), UTF_8);
    }

    /** Runs a statement that ends and returns what it published. */
    private List<ReceivedMessage> publish(String filter, String statement, int count)
            throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), filter)) {
            sql.executeSql(statement).await();
            await().until(() -> subscriber.messages().size() >= count);
            return subscriber.messages();
        }
    }

    /** What a new subscriber gets. */
    private static List<String> retained(String filter) throws Exception {
        try (Subscriber subscriber = new Subscriber(broker.url(), filter)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !subscriber.messages().isEmpty());
            return subscriber.messages().stream().map(MqttSinkSqlITCase::text).toList();
        }
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

    private void target(String name, String topic, String columns, String format, String... more) {
        sql.executeSql(
                "CREATE TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector'='mqtt', 'url'='"
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
}
