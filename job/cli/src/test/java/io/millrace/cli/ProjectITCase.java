package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}, {@code sql}, {@code check} and {@code publish}, as a user starts them. */
class ProjectITCase {
    private static TDengineUnderTest tdengine;
    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        tdengine = TDengineUnderTest.start();
        broker = new EmbeddedBroker().start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        tdengine.close();
    }

    /** What a command printed, when it has ended with this code. */
    private String run(int code, String... arguments) throws IOException, InterruptedException {
        try (MillraceProcess process = MillraceProcess.start(folder, arguments)) {
            int ended = process.exitCode();
            String output = process.output();
            assertThat(ended).as(output).isEqualTo(code);
            assertThat(output).doesNotContain("\tat ").doesNotContain(tdengine.password());
            return output;
        }
    }

    private void init() throws Exception {
        assertThat(
                        run(
                                0,
                                "init",
                                "--name=plant",
                                "--mqtt-url=" + broker.url(),
                                "--tdengine-url=" + tdengine.restUrl(),
                                "--tdengine-username=" + tdengine.username(),
                                "--tdengine-password=" + tdengine.password()))
                .contains("millrace.yaml", "millrace sql schema.sql", "millrace run");
    }

    @Test
    void aNewProjectIsRightAndRunsIntoItsTable() throws Exception {
        String database = tdengine.freshDatabase("");
        init();
        assertThat(run(2, "init")).contains("There is already millrace.yaml");
        assertThat(run(0, "check", "--offline", "--strict"))
                .contains("Temperature and humidity, one row a message")
                .contains("payload ROW<`temp` FLOAT, `hum` FLOAT>")
                .contains("No server was asked")
                .contains("1 rule, 1 topic: no errors, no warnings, ");

        own("sql/temp_hum.sql", database);
        own("schema.sql", database);
        assertThat(run(2, "check"))
                .contains(
                        "error  sql/temp_hum.sql:10:13: Database '" + database + "' of connection");
        assertThat(run(0, "sql", "schema.sql")).contains("done  CREATE STABLE IF NOT EXISTS");
        assertThat(run(0, "check", "--strict"))
                .contains("1 rule, 1 topic: no errors, no warnings, 1 note.")
                .contains("The time is that of the clock");

        assertThat(run(0, "publish", "devices/d1/temp_hum", "{\"temp\": 23, \"hum\": 90}"))
                .contains("published 23 bytes to devices/d1/temp_hum");
        run(
                0,
                "sql",
                "-e",
                "INSERT INTO %s.d_d1 USING %1$s.readings TAGS ('d1') VALUES (0, 23, 90)"
                        .formatted(database));
        assertThat(
                        run(
                                0,
                                "sql",
                                "-e",
                                "SELECT temp, hum, clientid FROM %s.readings".formatted(database)))
                .contains("temp", "clientid", "23.0", "d1", "(1 row)");
        assertThat(run(1, "sql", "-e", "SELECT * FROM nowhere.x")).contains("Failed: ");
    }

    private void own(String file, String database) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace("iot_data", database));
    }

    @Test
    void theDocumentSaysAllThatWasFound() throws Exception {
        init();
        Files.writeString(
                folder.resolve("sql/wrong.sql"),
                "-- description: This is wrong.\nINSERT INTO tdengine.nowhere.x (ts)\nSELECT nothing FROM \"a\";\n");
        String output = run(2, "check", "sql/wrong.sql", "--json");
        JsonNode document = new ObjectMapper().readTree(output.substring(output.indexOf('{')));

        assertThat(document.path("ok").asBoolean(true)).isFalse();
        assertThat(document.path("files").get(0).asText()).isEqualTo("sql/wrong.sql");
        JsonNode rule = document.path("rules").get(0);
        assertThat(rule.path("name").asText()).isEqualTo("wrong");
        assertThat(rule.path("description").asText()).isEqualTo("This is wrong.");
        assertThat(rule.path("line").asInt()).isEqualTo(2);
        assertThat(rule.path("topics").get(0).asText()).isEqualTo("a");
        JsonNode problem = document.path("problems").get(0);
        assertThat(problem.path("severity").asText()).isEqualTo("error");
        assertThat(problem.path("file").asText()).isEqualTo("sql/wrong.sql");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(13);
        assertThat(problem.path("source").asText())
                .isEqualTo("INSERT INTO tdengine.nowhere.x (ts)");
        assertThat(document.path("problems")).hasSize(2);
        assertThat(document.path("topics").get(0).path("ddl").asText()).startsWith("CREATE");
    }

    @Test
    void aServerThatIsAwayIsNoErrorOfTheRules() throws Exception {
        init();
        String away = run(1, "check", "--tdengine-url=http://127.0.0.1:1", "--explain");
        assertThat(away)
                .contains("not reached  ")
                .contains("--offline")
                .contains("== Optimized Execution Plan ==")
                .contains("no errors");

        Files.writeString(folder.resolve("millrace.yaml"), "conections:\n  a: 1\n");
        assertThat(run(2, "check"))
                .contains("error  millrace.yaml:1:1: Section 'conections' is not known")
                .contains("Did you mean 'connections'?");
    }

    @Test
    void withoutRulesItSaysWhereTheyAreLookedFor() throws Exception {
        assertThat(run(2, "check")).contains("there is no folder 'sql' here", "millrace init");
        Files.createDirectories(folder.resolve("sql"));
        assertThat(run(2, "run")).contains("the folder 'sql' has none");
    }
}
