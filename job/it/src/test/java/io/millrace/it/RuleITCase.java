package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules from a broker to TDengine, each as its author would write it. */
class RuleITCase {
    private static EmbeddedBroker broker;
    private static TDengineUnderTest tdengine;

    @TempDir private Path folder;
    private String database;

    @BeforeAll
    static void startServers() {
        broker = new EmbeddedBroker().start();
        tdengine = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServers() throws Exception {
        broker.close();
        tdengine.close();
    }

    @BeforeEach
    void createDatabase() {
        database = tdengine.freshDatabase("PRECISION 'ns'");
    }

    @Test
    void theRuleOfTheReadmeWritesARowForEachMessage() throws Exception {
        tdengine.execute(
                "CREATE TABLE %s.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64))"
                        .formatted(database));
        String rule =
                """
                INSERT INTO tdengine.%s.temp_hum (ts, temp, hum, clientid)
                SELECT now_timestamp('nanosecond') as ts, payload.temp as temp, payload.hum as hum, clientid
                FROM "devices/+/temp_hum";
                """
                        .formatted(database);
        try (RuleRun run = start(rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "devices/marker/temp_hum", "{\"temp\":-1}", "temp_hum");
            devices.publish(
                    1000,
                    i -> "devices/d" + i % 10 + "/temp_hum",
                    i -> "{\"temp\": %d.5, \"hum\": 61.5}".formatted(i));
            awaitCount(run, "temp_hum WHERE temp >= 0", 1000);
            assertThat(
                            query(
                                    "SELECT temp, hum, clientid FROM %s.temp_hum WHERE temp = 42.5"
                                            .formatted(database)))
                    .containsExactly(List.of(42.5, 61.5, "d2"));
            assertThat(run.status()).isEqualTo("RUNNING");
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void aSuperTableGetsASubTableForEachDevice() throws Exception {
        tdengine.execute(
                "CREATE STABLE %s.readings (ts TIMESTAMP, temp FLOAT, n INT) TAGS (clientid NCHAR(64), site INT)"
                        .formatted(database));
        String rule =
                """
                -- time-unit: millisecond
                INSERT INTO tdengine.%s.readings /*+ OPTIONS('sub-table' = 'd_${clientid}') */
                SELECT CAST(NULL AS STRING), payload.ts, payload.temp, payload.n, clientid, 7
                FROM "sites/+/readings" WHERE payload.temp > -90;
                """
                        .formatted(database);
        long now = System.currentTimeMillis();
        try (RuleRun run = start(rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(
                    devices,
                    "sites/marker/readings",
                    "{\"ts\": %d, \"temp\": 1, \"n\": -1}".formatted(now),
                    "readings");
            devices.publish(
                    500,
                    i -> "sites/S%d.x/readings".formatted(i % 5),
                    i ->
                            "{\"ts\": %d, \"temp\": %d, \"n\": %d}"
                                    .formatted(now + i, i % 100 == 99 ? -99 : i, i));
            awaitCount(run, "readings WHERE n >= 0", 495);
            assertThat(
                            query(
                                    "SELECT DISTINCT tbname FROM %s.readings WHERE n >= 0 ORDER BY tbname"
                                            .formatted(database)))
                    .extracting(row -> row.get(0))
                    .containsExactly("d_S0%2Ex", "d_S1%2Ex", "d_S2%2Ex", "d_S3%2Ex", "d_S4%2Ex");
            devices.publish(
                    "sites/S1.x/readings", "{\"ts\": %d, \"temp\": 5.5}".formatted(now + 1));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    query(
                                                            "SELECT temp FROM %s.readings WHERE ts = %d000000 AND clientid = 'S1.x'"
                                                                    .formatted(database, now + 1)))
                                            .containsExactly(List.of(5.5)));
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void badPayloadsAreDeadLettersAndGoodOnesBetweenThemArrive() throws Exception {
        tdengine.execute(
                "CREATE TABLE %s.t (ts TIMESTAMP, v DOUBLE, s NCHAR(80))".formatted(database));
        String rule =
                """
                INSERT INTO tdengine.%s.t
                SELECT now_timestamp('nanosecond'), payload.v, payload.s FROM "bad/payloads";
                """
                        .formatted(database);
        String big = "x".repeat(1_000_000);
        Map<String, byte[]> bad =
                Map.ofEntries(
                        bad("empty", ""),
                        bad("no JSON", "temp=23"),
                        bad("truncated", "{\"v\": 1, \"s\": \"a"),
                        bad("text for a number", "{\"v\": \"hot\"}"),
                        bad("object for a number", "{\"v\": {\"a\": 1}}"),
                        bad("junk behind", "{\"v\": 1} x"),
                        bad("deep", "{\"v\": " + "[".repeat(5000) + "]".repeat(5000) + "}"),
                        bad("NUL in a text", "{\"v\": 1, \"s\": \"a\\u0000b\"}"),
                        bad("too long", "{\"v\": 1, \"s\": \"" + "y".repeat(81) + "\"}"),
                        bad("a megabyte", "{\"v\": 1, \"s\": \"" + big + "\"}"),
                        bad("a megabyte of junk", big),
                        Map.entry("no UTF-8", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}),
                        Map.entry("NUL bytes", new byte[64]));
        List<String> good =
                List.of(
                        "{\"v\": 1, \"s\": \"a'); DROP DATABASE %s; --\"}".formatted(database),
                        "{\"v\": 2, \"s\": \"\\\\' OR 1=1 \\\" \\n\"}",
                        "{\"v\": 3, \"pad\": \"" + big + "\"}",
                        "{\"v\": 4, \"other\": {\"deep\": [[[[1]]]]}}",
                        "{\"v\": 5, \"s\": null}",
                        "{\"v\": \"6\", \"s\": \"日本語 😀\"}",
                        "[{\"v\": 7}, {\"v\": 8}]");
        try (RuleRun run = start(rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "bad/payloads", "{\"v\": -1}", "t");
            for (Map.Entry<String, byte[]> entry : bad.entrySet()) {
                devices.publish("bad/payloads", entry.getValue());
                devices.publish("bad/payloads", "{\"v\": 100, \"s\": \"between\"}");
            }
            for (String payload : good) {
                devices.publish("bad/payloads", payload);
            }
            awaitCount(run, "t WHERE v >= 0", bad.size() + 8);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(run.deadLetters()).hasSize(bad.size()));
            assertThat(run.deadLetters())
                    .anySatisfy(
                            letter ->
                                    assertThat(letter)
                                            .contains("Member 'v' is \\\"hot\\\"", "bad/payloads"))
                    .anySatisfy(letter -> assertThat(letter).contains("'s'", "80"));
            assertThat(
                            query(
                                    "SELECT s FROM %s.t WHERE v > 0 AND v < 3 ORDER BY v"
                                            .formatted(database)))
                    .containsExactly(
                            List.of("a'); DROP DATABASE %s; --".formatted(database)),
                            List.of("\\' OR 1=1 \" \n"));
            assertThat(run.status()).isEqualTo("RUNNING");
        }
    }

    @Test
    void scalarAndTextPayloadsWork() throws Exception {
        tdengine.execute("CREATE TABLE %s.numbers (ts TIMESTAMP, v DOUBLE)".formatted(database));
        tdengine.execute("CREATE TABLE %s.texts (ts TIMESTAMP, v NCHAR(80))".formatted(database));
        String rules =
                """
                INSERT INTO tdengine.%s.numbers SELECT now_timestamp('nanosecond'), payload FROM "scalar/number";
                INSERT INTO tdengine.%s.texts SELECT now_timestamp('nanosecond'), payload FROM "scalar/text";
                """
                        .formatted(database, database);
        try (RuleRun run = start(rules);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "scalar/number", "-1", "numbers");
            awaitSubscription(devices, "scalar/text", "marker", "texts");
            devices.publish("scalar/number", "23.25");
            devices.publish("scalar/text", "plain {text}");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(
                                                query(
                                                        "SELECT v FROM %s.numbers WHERE v > 0"
                                                                .formatted(database)))
                                        .containsExactly(List.of(23.25));
                                assertThat(
                                                query(
                                                        "SELECT v FROM %s.texts WHERE v <> 'marker'"
                                                                .formatted(database)))
                                        .containsExactly(List.of("plain {text}"));
                            });
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void aTemplateInTheAuthorsOwnWordsWritesTypedRows() throws Exception {
        tdengine.execute(
                "CREATE TABLE %s.temp_hum (ts TIMESTAMP, temp FLOAT, clientid NCHAR(64))"
                        .formatted(database));
        String rule =
                """
                CREATE TABLE target (ts BIGINT, temp DOUBLE, clientid STRING) WITH (
                  'connector' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s',
                  'sql.time-unit' = 'nanosecond', 'undefined-vars-as-null' = 'true',
                  'sql' = 'INSERT INTO %s.temp_hum(ts, temp, clientid) VALUES (${ts}, ${temp}, ''${clientid}'')');
                INSERT INTO target
                SELECT now_timestamp('nanosecond') as ts, payload.temp as temp, clientid FROM "template/+/x";
                """
                        .formatted(
                                tdengine.url(), tdengine.username(), tdengine.password(), database);
        try (RuleRun run = start(rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "template/marker/x", "{\"temp\": -1}", "temp_hum");
            devices.publish("template/a'); DROP TABLE x; --/x", "{\"temp\": 7.5}");
            awaitCount(run, "temp_hum WHERE temp > 0", 1);
            assertThat(
                            query(
                                    "SELECT temp, clientid FROM %s.temp_hum WHERE temp > 0"
                                            .formatted(database)))
                    .containsExactly(List.of(7.5, "a'); DROP TABLE x; --"));
        }
    }

    @Test
    void elementsOfAnArrayInsideAPayloadBecomeRows() throws Exception {
        tdengine.execute(
                "CREATE TABLE %s.points (ts TIMESTAMP, name NCHAR(20), v DOUBLE)"
                        .formatted(database));
        String rule =
                """
                INSERT INTO tdengine.%s.points
                SELECT p.t, p.name, p.v
                FROM "gateway/+/points" AS m CROSS JOIN UNNEST(m.payload.points) AS p (t, name, v);
                """
                        .formatted(database);
        long now = System.currentTimeMillis();
        try (RuleRun run = start(rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(
                    devices,
                    "gateway/g/points",
                    "{\"points\": [{\"t\": %d, \"v\": -1}]}".formatted(now),
                    "points");
            devices.publish(
                    "gateway/g/points",
                    "{\"points\": [{\"name\": \"a\", \"t\": %d, \"v\": 1.5}, {\"v\": 2, \"t\": %d}]}"
                            .formatted(now + 1, now + 2));
            awaitCount(run, "points WHERE v > 0", 2);
            assertThat(query("SELECT name, v FROM %s.points WHERE v = 1.5".formatted(database)))
                    .containsExactly(List.of("a", 1.5));
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void rulesThatReadOneTopicShareItsSubscription() throws Exception {
        tdengine.execute("CREATE TABLE %s.a (ts TIMESTAMP, v DOUBLE)".formatted(database));
        tdengine.execute(
                "CREATE TABLE %s.b (ts TIMESTAMP, c NCHAR(20), w BIGINT)".formatted(database));
        String rules =
                """
                INSERT INTO tdengine.%s.a SELECT now_timestamp('nanosecond'), payload.v FROM "shared/+/x";
                INSERT INTO tdengine.%s.b SELECT now_timestamp('nanosecond'), clientid, payload.w FROM "shared/+/x" WHERE qos > 0;
                """
                        .formatted(database, database);
        try (RuleRun run = start(rules);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "shared/marker/x", "{\"v\": -1, \"w\": -1}", "b");
            devices.publish(200, i -> "shared/c/x", i -> "{\"v\": 1, \"w\": 2}");
            awaitCount(run, "a WHERE v > 0", 200);
            awaitCount(run, "b WHERE w > 0", 200);
            assertThat(broker.connectedClients())
                    .filteredOn(client -> client.startsWith("it-"))
                    .hasSize(1);
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    private RuleRun start(String rules) throws Exception {
        return RuleRun.start(folder, broker.url(), tdengine, rules);
    }

    private void awaitSubscription(Devices devices, String topic, String marker, String table) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            devices.publish(topic, marker);
                            return count(table) > 0;
                        });
    }

    private void awaitCount(RuleRun run, String table, long expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(count(table))
                                        .as("dead letters: %s", run.deadLetters())
                                        .isEqualTo(expected));
    }

    private long count(String table) {
        return ((Number)
                        query("SELECT COUNT(*) FROM %s.%s".formatted(database, table))
                                .get(0)
                                .get(0))
                .longValue();
    }

    private List<List<Object>> query(String sql) {
        return tdengine.rows(sql);
    }

    private static Map.Entry<String, byte[]> bad(String what, String payload) {
        return Map.entry(what, payload.getBytes(StandardCharsets.UTF_8));
    }
}
