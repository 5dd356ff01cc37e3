package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in EMQX's dialect from a broker to TDengine. */
class EmqxRuleITCase {
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
    void createTables() {
        database = tdengine.freshDatabase("PRECISION 'ns'");
        tdengine.execute(
                "CREATE TABLE %s.t (ts TIMESTAMP, n INT, v FLOAT, s NCHAR(20))"
                        .formatted(database));
    }

    @Test
    void rowsArriveAndWhatHasNoRowIsALetter() throws Exception {
        String rule =
                """
                SET 'rule.dialect' = 'emqx';
                -- name: pasted
                INSERT INTO tdengine.%s.t
                SELECT now_timestamp('nanosecond') as ts, payload.n as n, payload.v as v, payload.s as s
                FROM "emqx/+/one"
                WHERE payload.n > -100
                """
                        .formatted(database);
        try (RuleRun run = RuleRun.start(folder, broker.url(), tdengine, rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "emqx/marker/one", "{\"n\": -1}", "t");
            devices.publish("emqx/a/one", "{\"n\": 1, \"v\": 21.5, \"s\": \"it's\"}");
            devices.publish("emqx/a/one", "{\"n\": 2.5}");
            devices.publish("emqx/a/one", "{\"n\": 2, \"s\": null, \"v\": \"7.5\"}");
            devices.publish("emqx/a/one", "no JSON");
            devices.publish("emqx/a/one", "{\"n\": -500}");
            devices.publish("emqx/a/one", "{\"n\": 3, \"s\": \"%s\"}".formatted("y".repeat(21)));
            devices.publish("emqx/a/one", "{\"n\": 4, \"v\": 1.5}");
            awaitRows(
                    "n, v, s",
                    "t WHERE n > 0",
                    List.of(
                            Arrays.asList(1, 21.5, "it's"),
                            Arrays.asList(2, 7.5, null),
                            Arrays.asList(4, 1.5, null)));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(run.deadLetters()).hasSize(3));
            assertThat(run.deadLetters())
                    .anySatisfy(
                            letter ->
                                    assertThat(letter)
                                            .contains("\"origin\":\"rule\"", "\"rule\":\"pasted\"")
                                            .contains("Column 'n': 2.5 is no whole number")
                                            .contains("\"topic\":\"emqx/a/one\"")
                                            .contains("\"database\":\"" + database + "\""))
                    .anySatisfy(
                            letter ->
                                    assertThat(letter)
                                            .contains("decode_json_failed", "\"no JSON\""))
                    .anySatisfy(
                            letter ->
                                    assertThat(letter)
                                            .contains("\"origin\":\"tdengine\"", "'s'", "20"));
            assertThat(run.status()).isEqualTo("RUNNING");
        }
    }

    @Test
    void bothDialectsShareASubscriptionAndSeeEachMessageOnce() throws Exception {
        tdengine.execute("CREATE TABLE %s.u (ts TIMESTAMP, n INT)".formatted(database));
        String rules =
                """
                INSERT INTO tdengine.%s.u SELECT now_timestamp('nanosecond'), payload.n FROM "both/+/x";
                SET 'rule.dialect' = 'emqx';
                INSERT INTO tdengine.%s.t
                SELECT now_timestamp('nanosecond') as ts, 1 as n, payload as s FROM "both/+/x", "both/#";
                """
                        .formatted(database, database);
        try (RuleRun run = RuleRun.start(folder, broker.url(), tdengine, rules);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "both/marker/x", "{\"n\": -1}", "u");
            awaitSubscription(devices, "both/marker", "{\"n\": -1}", "t WHERE s = '{\"n\": -1}'");
            // Two rows in Flink SQL, one message to EMQX.
            devices.publish("both/a/x", "[{\"n\":1},{\"n\":2}]");
            devices.publish("both/b", "other");
            devices.publish("both/a/x", "[{\"n\":3}]");
            awaitRows("n", "u WHERE n > 0", List.of(List.of(1), List.of(2), List.of(3)));
            awaitRows(
                    "s",
                    "t WHERE s <> '{\"n\": -1}'",
                    List.of(
                            List.of("[{\"n\":1},{\"n\":2}]"),
                            List.of("other"),
                            List.of("[{\"n\":3}]")));
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    @Test
    void aTemplateTakesOutputsByName() throws Exception {
        String rule =
                """
                CREATE TABLE target (ts BIGINT, n BIGINT, payload STRING) WITH (
                  'connector' = 'tdengine', 'url' = '%s', 'username' = '%s', 'password' = '%s',
                  'sql.time-unit' = 'nanosecond', 'undefined-vars-as-null' = 'true',
                  'sql' = 'INSERT INTO %s.t(ts, n, s) VALUES (${ts}, ${n}, ''${payload.s}'')');
                SET 'rule.dialect' = 'emqx';
                INSERT INTO target
                FOREACH payload.l as n DO now_timestamp('nanosecond') as ts, n, payload.s as payload.s
                FROM "template/emqx";
                """
                        .formatted(
                                tdengine.url(), tdengine.username(), tdengine.password(), database);
        try (RuleRun run = RuleRun.start(folder, broker.url(), tdengine, rule);
                Devices devices = new Devices(broker.url())) {
            awaitSubscription(devices, "template/emqx", "{\"l\": [-1]}", "t");
            devices.publish("template/emqx", "{\"l\": [1, 2], \"s\": \"a'); DROP TABLE t;\"}");
            awaitRows(
                    "n, s",
                    "t WHERE n > 0",
                    List.of(List.of(1, "a'); DROP TABLE t;"), List.of(2, "a'); DROP TABLE t;")));
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    private void awaitSubscription(Devices devices, String topic, String marker, String table) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            devices.publish(topic, marker);
                            return !rows("*", table).isEmpty();
                        });
    }

    private List<List<Object>> rows(String columns, String table) {
        return tdengine.rows("SELECT %s FROM %s.%s".formatted(columns, database, table));
    }

    private void awaitRows(String columns, String table, List<List<Object>> expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(rows(columns, table))
                                        .containsExactlyInAnyOrderElementsOf(expected));
    }
}
