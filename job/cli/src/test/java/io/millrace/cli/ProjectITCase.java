package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
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
                .contains("note  sql/temp_hum.sql:13:8: The time is that of the clock")
                .as("all members have a type")
                .doesNotContain("Taken for STRING")
                .contains("1 rule, 1 topic: no errors, no warnings, 1 note.");
        String sql = Files.readString(folder.resolve("sql/temp_hum.sql"));
        Files.writeString(
                folder.resolve("sql/temp_hum.sql"), sql.replaceFirst("-- schema: .*\n", ""));
        assertThat(run(0, "check", "--offline"))
                .contains(
                        "Taken for STRING, where a table's column would say the type: payload.temp, payload.hum of \"devices/+/temp_hum\".");
        Files.writeString(
                folder.resolve("sql/temp_hum.sql"), sql.replace("payload.hum", "payload.hm"));
        assertThat(run(2, "check", "--offline", "--strict"))
                .contains(
                        "has no member 'hm'; its members are temp, hum (declared by '-- schema:' in line 3 of sql/temp_hum.sql). Did you mean 'hum'?");
        Files.writeString(folder.resolve("sql/temp_hum.sql"), sql.replace("-- schema", "-- shema"));
        assertThat(run(0, "check", "--offline")).contains("1 warning");
        assertThat(run(2, "check", "--offline", "--strict")).contains("1 warning");
        Files.writeString(folder.resolve("sql/temp_hum.sql"), sql);

        own("sql/temp_hum.sql", database);
        own("schema.sql", database);
        assertThat(run(2, "check"))
                .contains(
                        "error  sql/temp_hum.sql:11:13: Database '" + database + "' of connection");
        assertThat(here(0, "sql", folder.resolve("schema.sql").toString()))
                .contains("done  CREATE STABLE IF NOT EXISTS");
        assertThat(run(0, "check", "--strict"))
                .contains("1 rule, 1 topic: no errors, no warnings, 1 note.")
                .contains("The time is that of the clock");

        assertThat(
                        here(
                                0,
                                "sql",
                                "-e",
                                "INSERT INTO %s.d_d1 USING %1$s.readings TAGS ('d1') VALUES (NOW, 23, 90)"
                                        .formatted(database)))
                .contains("(1 row");
        assertThat(
                        here(
                                0,
                                "sql",
                                "-e",
                                "SELECT temp, hum, clientid FROM %s.readings".formatted(database)))
                .contains("temp", "clientid", "23.0", "d1", "(1 row)");
        assertThat(here(1, "sql", "-e", "SELECT * FROM nowhere.x"))
                .startsWith("failed  SELECT * FROM nowhere.x\n        0x");
        assertThat(run(1, "sql", "-e", "SELECT 1", "--tdengine-url=http://127.0.0.1:1"))
                .contains("Connection 'tdengine' to TDengine at http://127.0.0.1:1 (user ")
                .contains("'millrace test-connection tdengine' tells more.");
        assertThat(here(2, "sql")).contains("There is no statement.");
    }

    @Test
    void aMessageIsPublished() throws Exception {
        MqttClient subscriber = new MqttClient(broker.url(), "s", new MemoryPersistence());
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        subscriber.connect();
        subscriber.subscribe(
                new MqttSubscription[] {new MqttSubscription("devices/#", 1)},
                new IMqttMessageListener[] {
                    (topic, message) ->
                            got.add(topic + " " + new String(message.getPayload(), UTF_8))
                });
        assertThat(here(0, "publish", "devices/d1/temp_hum", "{\"temp\": 23, \"hum\": 90}"))
                .contains("published 23 bytes to devices/d1/temp_hum");
        assertThat(got.poll(30, TimeUnit.SECONDS))
                .isEqualTo("devices/d1/temp_hum {\"temp\": 23, \"hum\": 90}");
        assertThat(here(2, "publish", "devices/+", "x")).contains("devices/+");
        assertThat(run(1, "publish", "a", "x", "--mqtt-url=tcp://127.0.0.1:1"))
                .isEqualTo("Connecting to tcp://127.0.0.1:1 failed: Connection refused.\n");
        subscriber.disconnect();
        subscriber.close();
    }

    /** The same without a process of its own, for commands that are about no folder. */
    private static String here(int code, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--mqtt-url=" + broker.url());
        all.add("--tdengine-url=" + tdengine.restUrl());
        all.add("--tdengine-username=" + tdengine.username());
        all.add("--tdengine-password=" + tdengine.password());
        StringWriter output = new StringWriter();
        PrintWriter out = new PrintWriter(output, true);
        int ended =
                Millrace.commandLine().setOut(out).setErr(out).execute(all.toArray(String[]::new));
        assertThat(ended).as(output.toString()).isEqualTo(code);
        return output.toString();
    }

    private void own(String file, String database) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace("iot_data", database));
    }

    @Test
    void theDocumentSaysAllThatWasFound() throws Exception {
        Files.writeString(
                folder.resolve("wrong.sql"),
                "-- description: This is wrong.\nINSERT INTO tdengine.nowhere.x (ts)\nSELECT clientd FROM \"a\";\n");
        String output =
                run(
                        2,
                        "check",
                        "wrong.sql",
                        "--json",
                        "--mqtt-url=" + broker.url(),
                        "--tdengine-url=" + tdengine.restUrl(),
                        "--tdengine-username=" + tdengine.username(),
                        "--tdengine-password=" + tdengine.password());
        JsonNode document = new ObjectMapper().readTree(output.substring(output.indexOf('{')));

        assertThat(document.path("ok").asBoolean(true)).isFalse();
        assertThat(document.path("files").get(0).asText()).isEqualTo("wrong.sql");
        JsonNode rule = document.path("rules").get(0);
        assertThat(rule.path("name").asText()).isEqualTo("wrong");
        assertThat(rule.path("description").asText()).isEqualTo("This is wrong.");
        assertThat(rule.path("line").asInt()).isEqualTo(2);
        assertThat(rule.path("topics").get(0).asText()).isEqualTo("a");
        JsonNode problem = document.path("problems").get(0);
        assertThat(problem.path("severity").asText()).isEqualTo("error");
        assertThat(problem.path("file").asText()).isEqualTo("wrong.sql");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(13);
        assertThat(problem.path("source").asText())
                .isEqualTo("INSERT INTO tdengine.nowhere.x (ts)");
        assertThat(problem.path("message").asText()).endsWith("has no database 'nowhere'.");
        assertThat(problem.has("remedy")).isFalse();
        assertThat(document.path("problems")).hasSize(2);
        JsonNode second = document.path("problems").get(1);
        assertThat(second.path("message").asText())
                .isEqualTo("There is no column 'clientd' in \"a\".");
        assertThat(second.path("remedy").asText()).isEqualTo("Did you mean 'clientid'?");
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
