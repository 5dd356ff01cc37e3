package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planning, against tables that need no server. */
class RuleJobITCase {
    private static final String TABLES =
            "CREATE TABLE src (payload ROW<temp DOUBLE, n BIGINT>, clientid STRING)"
                    + " WITH ('connector' = 'datagen');\n"
                    + "CREATE TABLE target (ts TIMESTAMP_LTZ(6), temp FLOAT, name STRING)"
                    + " WITH ('connector' = 'blackhole');\n";

    @TempDir private Path folder;

    @Test
    void convertsEachOutputToItsColumn() throws IOException {
        RuleJob job =
                prepare(
                        "INSERT INTO target SELECT now_timestamp('microsecond'), payload.temp, payload.n FROM src;");
        assertThat(job.explain())
                .contains("to_ts(", "_UTF-16LE'microsecond'", "CAST(payload.temp AS FLOAT)")
                .contains("CAST(payload.n AS VARCHAR");
        assertThat(job.rules()).containsExactly("rule → target");
    }

    @Test
    void takesTheUnitOfATimeFromTheHeaderWhereNoFunctionSaysIt() throws IOException {
        assertThat(
                        prepare(
                                        "-- time-unit: second\nINSERT INTO target (ts) SELECT payload.n FROM src;")
                                .explain())
                .contains("_UTF-16LE'second'");
        assertThat(prepare("INSERT INTO target (ts) SELECT payload.n FROM src;").explain())
                .contains("_UTF-16LE'millisecond'");
    }

    @Test
    void acceptsSettingsViewsAndNamedQueries() throws IOException {
        RuleJob job =
                prepare(
                        "SET 'table.local-time-zone' = 'UTC';\n"
                                + "CREATE TEMPORARY VIEW v AS SELECT payload.temp AS t FROM src;\n"
                                + "INSERT INTO target (temp) WITH w AS (SELECT t FROM v) SELECT t FROM w UNION ALL SELECT t + 1 FROM w;\n"
                                + "-- name: second rule\n"
                                + "INSERT INTO target (name) SELECT UPPER(clientid) FROM \"src\";");
        assertThat(job.rules()).containsExactly("rule → target", "second rule → target");
    }

    @Test
    void showsTheLineOfAColumnThatTheQueryMisspells() {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        "INSERT INTO target (name)\nSELECT UPPER(clientld)\nFROM src;"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(
                        "rule.sql:4:14: There is no column 'clientld'. Did you mean 'clientid'?")
                .hasMessageContaining("\n  4 | SELECT UPPER(clientld)\n    |              ^");
    }

    @Test
    void showsTheLineOfATargetColumnThatIsMisspelt() {
        assertThatThrownBy(() -> prepare("INSERT INTO target (ts, tmp) SELECT 1, 2 FROM src;"))
                .hasMessageContaining(
                        "rule.sql:3:25: Column 'tmp' is not in table default_catalog.default_database.target;"
                                + " its columns are ts, temp, name. Did you mean 'temp'?");
    }

    @Test
    void saysWhatThereIsInsteadOfATargetThatIsNot() {
        assertThatThrownBy(() -> prepare("INSERT INTO tagret (temp) SELECT 1 FROM src;"))
                .hasMessageContaining(
                        "rule.sql:3:13: Database 'default_database' of connection 'default_catalog' has no table 'tagret'."
                                + " Create it there first. Did you mean 'target'?");
        assertThatThrownBy(() -> prepare("INSERT INTO tdengine.a.b (temp) SELECT 1 FROM src;"))
                .hasMessageContaining("rule.sql:3:13: There is no connection 'tdengine'")
                .hasMessageContaining("--tdengine-url");
    }

    @Test
    void showsTheLineOfASyntaxError() {
        assertThatThrownBy(() -> prepare("INSERT INTO target (temp) SELCT payload.temp FROM src;"))
                .hasMessageContaining("rule.sql:3:27: ");
    }

    @Test
    void showsTheLineOfAUnitThatIsWrong() {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        "INSERT INTO target (ts)\nSELECT now_timestamp('minute') FROM src;"))
                .hasMessageContaining("rule.sql:4:8: ")
                .hasMessageContaining("minute")
                .hasMessageContaining("'millisecond'");
    }

    @Test
    void refusesATextForANumber() {
        assertThatThrownBy(() -> prepare("INSERT INTO target (temp) SELECT clientid FROM src;"))
                .hasMessageContaining(
                        "Column 'temp' of the target is FLOAT and the query gives STRING ('clientid')."
                                + " Convert it, for example with TRY_CAST(… AS FLOAT).");
    }

    @Test
    void takesTheTextOfAVariantAndAsksForAFunctionElsewhere() throws IOException {
        assertThat(
                        prepare(
                                        "INSERT INTO target (name) SELECT map_get('a.b', clientid) FROM src;")
                                .explain())
                .contains("str(");
        assertThatThrownBy(
                        () ->
                                prepare(
                                        "INSERT INTO target (temp) SELECT map_get('a.b', clientid) FROM src;"))
                .hasMessageContaining("the query gives VARIANT")
                .hasMessageContaining("Convert it, for example with `float`(…).");
    }

    @Test
    void countsTheColumns() {
        assertThatThrownBy(() -> prepare("INSERT INTO target (ts, temp) SELECT 1 FROM src;"))
                .hasMessageContaining(
                        "The query gives 1 columns and the target takes 2: ts, temp.");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        "-- name: same\nINSERT INTO target (temp) SELECT payload.temp FROM src;\n"
                                                + "-- name: same\nINSERT INTO target (temp) SELECT payload.temp FROM src;"))
                .hasMessageContaining("rule.sql:6:1: The rule in ")
                .hasMessageContaining("is called 'same' too.");
    }

    @Test
    void refusesAQueryThatWritesNothing() {
        assertThatThrownBy(() -> prepare("SELECT 1;"))
                .hasMessageContaining("A query alone writes nothing.");
    }

    @Test
    void saysThatATopicNeedsAConnection() {
        assertThatThrownBy(
                        () ->
                                prepare(
                                        "INSERT INTO target (temp) SELECT payload.temp FROM \"devices/x\";"))
                .hasMessageContaining("rule.sql:3:52: Topic 'devices/x' cannot be used")
                .hasMessageContaining("--mqtt-url");
    }

    private RuleJob prepare(String rules) throws IOException {
        Path file = Files.writeString(folder.resolve("rule.sql"), TABLES + rules);
        return RuleJob.prepare(Settings.empty(), List.of(file), new Configuration());
    }
}
