package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planning of rules in EMQX's dialect. No broker is asked. */
class EmqxRuleJobITCase {
    private static final String TARGET =
            "CREATE TABLE target (ts TIMESTAMP_LTZ(3), temp FLOAT, clientid STRING)"
                    + " WITH ('connector' = 'blackhole');\n";
    private static final String EMQX = TARGET + "SET 'rule.dialect' = 'emqx';\n";

    @TempDir private Path folder;

    @Test
    void aRuleReadsItsTopicsAndWritesWhatItGives() throws IOException {
        RuleJob job =
                prepare(
                        EMQX
                                + "INSERT INTO target SELECT payload.temp as temp, clientid FROM \"a/+\", 'b/#', c;");
        assertThat(job.rules()).containsExactly("rule → target");
        assertThat(job.describe())
                .containsExactly(
                        "\"a/+\"  payload decoded by rules of the EMQX dialect",
                        "\"b/#\"  payload decoded by rules of the EMQX dialect",
                        "\"c\"  payload decoded by rules of the EMQX dialect");
        String plan = job.explain().split("== Optimized Execution Plan ==")[1];
        assertThat(plan)
                .contains("millrace_rule_0", "millrace_rule_1", "millrace_rule_2")
                .contains("fields=[topic, clientid, raw_payload])")
                .doesNotContain("fields=[payload");
        // From the source straight into the rule: a projection in between would copy all texts.
        assertThat(plan.split("Calc\\(")).hasSize(1 + 3);
    }

    @Test
    void theDialectHoldsForTheStatementsAfterIt() throws IOException {
        RuleJob job =
                prepare(
                        TARGET
                                + "INSERT INTO target (temp) SELECT payload.temp FROM \"a/+\";\n"
                                + "SET 'rule.dialect' = 'emqx';\n"
                                + "INSERT INTO target FOREACH payload.l as e DO e.t as temp FROM \"a/+\";\n"
                                + "RESET 'rule.dialect';\n"
                                + "INSERT INTO target (temp) SELECT payload.hum FROM \"a/+\";");
        assertThat(job.rules())
                .containsExactly("rule → target", "rule-2 → target", "rule-3 → target");
        assertThat(job.describe())
                .containsExactly(
                        "\"a/+\"  payload ROW<`temp` FLOAT, `hum` FLOAT>, format 'payload-json'; also decoded by rules of the EMQX dialect");
        assertThat(job.explain().split("== Optimized Execution Plan ==")[1])
                .containsOnlyOnce("TableSourceScan(")
                .contains("fields=[payload, topic, raw_payload])");
    }

    @Test
    void theDialectOfFilesThatDoNotSayItIsAnOption() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("rule.sql"),
                        TARGET + "INSERT INTO target SELECT payload.temp as temp FROM \"a\"");
        Settings emqx = settings().withFlink(Map.of("rule.dialect", "emqx"));
        assertThat(RuleJob.prepare(emqx, List.of(file), new Configuration()).describe())
                .containsExactly("\"a\"  payload decoded by rules of the EMQX dialect");
        assertThatThrownBy(
                        () ->
                                RuleJob.prepare(
                                        settings().withFlink(Map.of("rule.dialect", "mqtt")),
                                        List.of(file),
                                        new Configuration()))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("Option 'rule.dialect' is 'mqtt'");
    }

    @Test
    void aMistakeIsShownWithItsPlace() {
        assertWrong(
                "INSERT INTO target\nSELECT payload.temp as temp,\nFROM \"a\";",
                "rule.sql:5:1: ",
                "\n  5 | FROM \"a\";\n    | ^");
        assertWrong(
                "INSERT INTO target SELECT\n  uper(clientid) as clientid FROM \"a\";",
                "rule.sql:4:3: ",
                "uper");
        assertWrong(
                "INSERT INTO target SELECT 1 as temp FROM \"$share/g/a\";",
                "rule.sql:3:42: ",
                "shared subscription");
        assertWrong(
                "INSERT INTO target SELECT 1 as temp FROM \"$events/client_connected\";",
                "rule.sql:3:42: ",
                "exists only inside of EMQX");
        assertWrong(
                "INSERT INTO target SELECT 1 as temp FROM \"a/#/b\";",
                "rule.sql:3:42: ",
                "Topic filter 'a/#/b' is not valid");
        assertWrong(
                "INSERT INTO target SELECT 1 as tmp FROM \"a\";",
                "rule.sql:3:20: The rule gives tmp, and the target's columns are ts, temp, clientid.");
        assertWrong(
                "INSERT INTO tagret SELECT 1 as temp FROM \"a\";",
                "rule.sql:3:13: ",
                "Did you mean 'target'?");
        assertWrong(
                "INSERT INTO target (temp, tmp) SELECT 1 as temp FROM \"a\";",
                "rule.sql:3:27: Column 'tmp' is not in table");
        assertWrong(
                "SELECT 1 as temp FROM \"a\";",
                "rule.sql:3:1: A rule alone writes nothing. Put its target in front: INSERT INTO target SELECT");
        assertWrong("INSERT INTO target;", "rule.sql:3:1: There is no rule behind the target.");
        assertWrong(
                "SET 'rule.dialect' = 'emq';",
                "rule.sql:3:1: Option 'rule.dialect' is 'emq'; allowed are 'flink' and 'emqx'.");
        assertWrong(
                "-- time-unit: minute\nINSERT INTO target SELECT payload.t as ts FROM \"a\";",
                "rule.sql:3:15: ",
                "'millisecond'");
    }

    @Test
    void whatIsProbablyNotMeantIsTold() throws IOException {
        RuleJob job =
                prepare(
                        EMQX
                                + "-- schema: temp DOUBLE\n"
                                + "INSERT INTO target SELECT payload.temp as temp, payload.hum as hum, payload.x as x, x + 1 as clientid,\n"
                                + "  peerhost as ts FROM \"a\" WHERE reading > 1;");
        assertThat(String.join("\n", job.warnings()))
                .contains("rule.sql:3:12: This is without effect on rule 'rule'")
                .contains("These outputs go nowhere: hum. The target's columns are")
                .contains("rule.sql:5:3: Column 'peerhost' is undefined")
                .contains("Nothing is called 'reading'")
                .contains("The target keeps no dead letters");
    }

    private static void assertTold(Throwable thrown, String... parts) {
        assertThat(thrown).isInstanceOf(RuleException.class).hasMessageContainingAll(parts);
    }

    private void assertWrong(String rule, String... parts) {
        assertThatThrownBy(() -> prepare(EMQX + rule))
                .satisfies(thrown -> assertTold(thrown, parts));
    }

    private static Settings settings() {
        return Settings.empty()
                .withJobName("planned")
                .withConnection("mqtt", Map.of("type", "mqtt", "url", "tcp://localhost:1"));
    }

    private RuleJob prepare(String rules) throws IOException {
        Path file = Files.writeString(folder.resolve("rule.sql"), rules);
        return RuleJob.prepare(settings(), List.of(file), new Configuration());
    }
}
