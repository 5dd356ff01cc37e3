package io.millrace.rule.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.plan.PayloadGuess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on samples, each in a small cluster in this process. */
class TrialITCase {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String TABLES =
            "CREATE DATABASE iot; USE iot;"
                    + "CREATE TABLE plain (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(4));"
                    + "CREATE STABLE readings (ts TIMESTAMP, temp FLOAT) TAGS (clientid NCHAR(64));"
                    + "CREATE TABLE counts (ts TIMESTAMP, n BIGINT);";

    @TempDir private Path folder;

    private final List<Sample> samples = new ArrayList<>();

    private void message(String topic, String payload) {
        samples.add(Sample.of(topic, payload.getBytes(UTF_8), NOON.plusSeconds(samples.size())));
    }

    private Trial trial(String rules, String tables, PayloadGuess guess) throws IOException {
        Path file = folder.resolve("rule.sql");
        Files.writeString(file, rules);
        Configuration target = new Configuration();
        target.set(DeploymentOptions.TARGET, "local");
        return Trial.prepare(
                new TrialRequest(
                        Settings.empty(),
                        List.of(file),
                        () -> target,
                        true,
                        tables,
                        Optional.of(NOON)),
                guess);
    }

    private TrialResult run(String rules) throws Exception {
        try (Trial trial = trial(rules, TABLES, path -> Optional.empty())) {
            return trial.run(samples);
        }
    }

    private static TrialResult.RuleResult only(TrialResult.MessageResult message) {
        assertThat(message.rules()).hasSize(1);
        return message.rules().get(0);
    }

    private static String statement(TrialResult.MessageResult message) {
        return ((TrialEvent.Wrote) only(message).given().get(0)).statement();
    }

    private static String letter(TrialResult.MessageResult message) {
        assertThat(only(message).outcome()).isEqualTo(TrialResult.Outcome.DEAD_LETTER);
        return ((TrialEvent.Kept) only(message).given().get(0)).reason();
    }

    @Test
    void showsRowsAsTdengineGetsThemAndWhyThereAreNone() throws Exception {
        message("devices/d7/t", "{\"temp\": 23.5, \"hum\": 61}");
        message("devices/d7/t", "{\"temp\": -4, \"hum\": 61}");
        message("devices/d7/t", "{\"hum\": 61}");
        message("devices/longer/t", "{\"temp\": 1}");
        message("devices/d7/t", "{\"temp\": \"hot\"}");
        message("elsewhere", "{}");

        TrialResult result =
                run(
                        """
                        INSERT INTO tdengine.iot.plain
                        SELECT now_timestamp('millisecond'), payload.temp, payload.hum, clientid
                        FROM "devices/+/t"
                        WHERE payload.temp > 0 AND (payload.hum IS NULL OR payload.hum < 90)
                          AND CHAR_LENGTH(clientid) > 0;
                        """);

        List<TrialResult.MessageResult> messages = result.messages();
        assertThat(messages.get(0).decoded().get(0).members())
                .containsExactly(
                        new TrialEvent.Member(
                                "payload.temp", "FLOAT", new java.math.BigDecimal("23.5")),
                        new TrialEvent.Member(
                                "payload.hum", "FLOAT", new java.math.BigDecimal("61.0")));
        assertThat(statement(messages.get(0)))
                .isEqualTo(
                        "INSERT INTO `iot`.`plain` (`ts`,`temp`,`hum`,`clientid`) VALUES"
                                + " (1767268800000,23.5,61,'d7')");
        assertThat(only(messages.get(1)).outcome()).isEqualTo(TrialResult.Outcome.FILTERED);
        TrialResult.Condition condition = only(messages.get(1)).conditions().get(0);
        assertThat(condition.parts().toString())
                .isEqualTo(
                        "{payload.temp > 0=FALSE, (payload.hum IS NULL OR payload.hum < 90)=TRUE,"
                                + " CHAR_LENGTH(clientid) > 0=-}");
        assertThat(condition.values().toString())
                .isEqualTo("{payload.temp=-4.0, payload.hum=61.0, clientid=d7}");
        assertThat(condition.line()).isEqualTo(4);
        assertThat(only(messages.get(2)).conditions().get(0).parts())
                .containsEntry("payload.temp > 0", "NULL");
        assertThat(letter(messages.get(3))).contains("clientid").contains("NCHAR(4)");
        assertThat(only(messages.get(4)).outcome()).isEqualTo(TrialResult.Outcome.UNDECODABLE);
        assertThat(messages.get(4).undecodable().get(0).reason()).contains("temp");
        assertThat(messages.get(5).rules()).isEmpty();
        assertThat(result.end().rules()).isEmpty();
    }

    @Test
    void takesPartsOfEmqxsConditionsAndKeepsItsDeadLetters() throws Exception {
        message("devices/d7/t", "{\"temp\": 23.5}");
        message("devices/d7/t", "{\"temp\": -4}");
        message("devices/d7/t", "{\"temp\": true}");
        message("other/d8", "{\"temp\": 5}");

        TrialResult result =
                run(
                        """
                        SET 'rule.dialect' = 'emqx';
                        INSERT INTO tdengine.iot.readings /*+ OPTIONS('sub-table' = 'd_${clientid}') */
                        SELECT publish_received_at as ts, payload.temp as temp, clientid as clientid
                        FROM "devices/+/t", "other/+"
                        WHERE payload.temp != 0 and payload.temp > 0;
                        """);

        List<TrialResult.MessageResult> messages = result.messages();
        assertThat(statement(messages.get(0)))
                .isEqualTo(
                        "INSERT INTO `iot`.`d_d7` USING `iot`.`readings` (`clientid`) TAGS ('d7')"
                                + " (`ts`,`temp`) VALUES (1767268800000,23.5)");
        assertThat(only(messages.get(1)).outcome()).isEqualTo(TrialResult.Outcome.FILTERED);
        assertThat(only(messages.get(1)).conditions().get(0).parts().toString())
                .isEqualTo("{payload.temp != 0=TRUE, payload.temp > 0=FALSE}");
        assertThat(only(messages.get(1)).conditions().get(0).values())
                .containsEntry("payload.temp", "-4");
        assertThat(statement(messages.get(3))).contains("`d_d8`");
    }

    @Test
    void closesWindowsByEventTimeAndAtTheEnd() throws Exception {
        message("devices/d7/t", "{\"temp\": 1}");
        message("devices/d7/t", "{\"temp\": 2}");
        samples.add(
                Sample.of("devices/d7/t", "{\"temp\": 3}".getBytes(UTF_8), NOON.plusSeconds(11)));

        TrialResult result =
                run(
                        """
                        INSERT INTO tdengine.iot.counts
                        SELECT window_start, COUNT(*)
                        FROM TABLE(TUMBLE(TABLE "devices/+/t", DESCRIPTOR(received_at), INTERVAL '10' SECOND))
                        GROUP BY window_start, window_end;
                        """);

        assertThat(only(result.messages().get(0)).outcome())
                .isEqualTo(TrialResult.Outcome.NOTHING_YET);
        assertThat(statement(result.messages().get(2))).endsWith("VALUES (1767268800000,2)");
        assertThat(statement(result.end())).endsWith("VALUES (1767268810000,1)");
    }

    @Test
    void goesOnBehindAMessageThatARuleFailsOn() throws Exception {
        message("t", "{\"n\": \"1\"}");
        message("t", "{\"n\": \"x\"}");
        message("t", "{\"n\": \"3\"}");

        TrialResult result =
                run(
                        """
                        -- name: fails
                        -- schema: n STRING
                        INSERT INTO tdengine.iot.counts
                        SELECT received_at, CAST(payload.n AS BIGINT) FROM "t";
                        -- name: works
                        INSERT INTO "alerts/${clientid}" (payload, clientid, retain)
                        SELECT payload.n, 'd7', TRUE FROM "t";
                        """);

        List<TrialResult.Outcome> outcomes = new ArrayList<>();
        result.messages().forEach(m -> outcomes.add(m.rules().get(0).outcome()));
        assertThat(outcomes)
                .containsExactly(
                        TrialResult.Outcome.GIVES,
                        TrialResult.Outcome.FAILS,
                        TrialResult.Outcome.GIVES);
        TrialResult.RuleFailure failure = result.messages().get(1).rules().get(0).failure();
        assertThat(failure.reason()).contains("'x'");
        assertThat(failure.place()).contains("rule.sql:4:").contains("CAST(payload.n AS BIGINT)");
        TrialEvent.Published published =
                (TrialEvent.Published) result.messages().get(1).rules().get(1).given().get(0);
        assertThat(published.topic()).isEqualTo("alerts/d7");
        assertThat(published.payload()).isEqualTo("x");
        assertThat(published.retain()).isTrue();
    }

    @Test
    void readsArraysTemplatesAndWhatTheFileCreates() throws Exception {
        message("g", "{\"points\": [1.5, 2.5]}");
        message("g", "{\"points\": []}");

        TrialResult result =
                run(
                        """
                        CREATE TABLE target (ts BIGINT, v DOUBLE) WITH (
                          'connector' = 'tdengine', 'url' = 'http://localhost:1', 'username' = 'u', 'password' = 'p',
                          'sql' = 'INSERT INTO iot.made (ts, v) VALUES (${ts} + 1s, ${v})');
                        CREATE TABLE seen (v DOUBLE) WITH ('connector' = 'blackhole');
                        CREATE TABLE tdengine.iot.extra (ts TIMESTAMP_LTZ(3), v DOUBLE);
                        INSERT INTO target
                        SELECT now_timestamp('millisecond'), p.v FROM "g" AS m
                        CROSS JOIN UNNEST(m.payload.points) AS p (v);
                        INSERT INTO seen
                        SELECT p.v FROM "g" AS m CROSS JOIN UNNEST(m.payload.points) AS p (v) WHERE p.v > 2;
                        INSERT INTO tdengine.iot.extra
                        SELECT received_at, p.v FROM "g" AS m CROSS JOIN UNNEST(m.payload.points) AS p (v);
                        """);

        List<TrialResult.RuleResult> rules = result.messages().get(0).rules();
        assertThat(rules.get(0).given())
                .filteredOn(TrialEvent.Wrote.class::isInstance)
                .map(event -> ((TrialEvent.Wrote) event).statement())
                .containsExactly(
                        "INSERT INTO `iot`.`made` (`ts`,`v`) VALUES (1767268801000,1.5)",
                        "INSERT INTO `iot`.`made` (`ts`,`v`) VALUES (1767268801000,2.5)");
        assertThat(((TrialEvent.Inserted) rules.get(1).given().get(0)).values().toString())
                .isEqualTo("{v=2.5}");
        assertThat(rules.get(2).given()).hasSize(2);
        assertThat(result.messages().get(1).rules())
                .allMatch(rule -> rule.outcome() == TrialResult.Outcome.NOTHING_YET);
    }

    @Test
    void makesUpTablesThatNobodyDeclares() throws Exception {
        message("devices/d7/t", "{\"temp\": 23.5, \"on\": true, \"note\": \"x\"}");
        PayloadGuess guess =
                path ->
                        Optional.ofNullable(
                                Map.of(
                                                "temp", PayloadGuess.Sort.NUMBER,
                                                "on", PayloadGuess.Sort.BOOLEAN)
                                        .get(path.get(0)));
        try (Trial trial =
                trial(
                        "INSERT INTO tdengine.mine.st /*+ OPTIONS('sub-table' = 'd_${clientid}') */"
                                + " (ts, temp, `on`, note, clientid)"
                                + " SELECT received_at, payload.temp, payload.`on`, payload.note, clientid"
                                + " FROM \"devices/+/t\";",
                        "",
                        guess)) {
            assertThat(trial.assumed())
                    .containsExactly(
                            "CREATE STABLE `mine`.`st` (`ts` TIMESTAMP, `temp` DOUBLE, `on` BOOL,"
                                    + " `note` NCHAR(256)) TAGS (`clientid` NCHAR(256))");
            assertThat(statement(trial.run(samples).messages().get(0)))
                    .endsWith("(`ts`,`temp`,`on`,`note`) VALUES (1767268800000,23.5,true,'x')");
        }
    }

    @Test
    void refusesTablesWithoutAnEnd() {
        assertThatThrownBy(
                        () ->
                                run(
                                        "CREATE TABLE src (n BIGINT) WITH ('connector' = 'datagen');\n"
                                                + "INSERT INTO tdengine.iot.counts SELECT NOW(), n FROM src;"))
                .hasStackTraceContaining("has no end");
        assertThatThrownBy(() -> run("SELECT 1;")).isInstanceOf(RuleException.class);
    }
}
