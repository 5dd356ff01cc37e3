package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace try} and {@code test} as a user starts them, with servers and without. */
class TryITCase {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String RULE = ROOT.resolve("sql/temp_hum.sql").toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedBroker broker;
    private static TDengineUnderTest tdengine;

    @TempDir private Path folder;

    @BeforeAll
    static void startServers() throws IOException {
        broker = new EmbeddedBroker().start();
        tdengine = TDengineUnderTest.start();
        tdengine.execute("DROP DATABASE IF EXISTS iot_data");
        tdengine.execute("CREATE DATABASE iot_data PRECISION 'us'");
        tdengine.execute(
                "CREATE TABLE iot_data.temp_hum (ts TIMESTAMP, temp FLOAT, hum FLOAT, clientid NCHAR(64))");
    }

    @AfterAll
    static void stopServers() throws Exception {
        tdengine.execute("DROP DATABASE IF EXISTS iot_data");
        broker.close();
        tdengine.close();
    }

    private String output(int exitCode, String... arguments) throws Exception {
        try (MillraceProcess process = MillraceProcess.start(folder, arguments)) {
            int code = process.exitCode();
            String output = process.output();
            assertThat(code).as(output).isEqualTo(exitCode);
            return output;
        }
    }

    private String[] withServers(String... arguments) {
        return Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--mqtt-url",
                                broker.url(),
                                "--tdengine-url",
                                tdengine.url(),
                                "--tdengine-username",
                                tdengine.username(),
                                "--tdengine-password",
                                tdengine.password()))
                .toArray(String[]::new);
    }

    @Test
    void showsAMessageWithoutAnyServer() throws Exception {
        assertThat(
                        output(
                                0,
                                "try",
                                RULE,
                                "--offline",
                                "--at",
                                "2026-01-01T12:00:00Z",
                                "--clock",
                                "2026-01-01T12:00:00Z",
                                "-m",
                                "{\"temp\": 23, \"hum\": 90}",
                                "-m",
                                "{\"temp\": \"hot\"}"))
                .contains(
                        "TDengine is not asked.",
                        "Message 1  devices/temp_hum",
                        "payload.temp DOUBLE 23.0",
                        "INSERT INTO `iot_data`.`temp_hum`")
                .contains("2 messages: ", "Nothing was written.");
    }

    @Test
    void usesTheServersTableAndWritesNothing() throws Exception {
        JsonNode document =
                JSON.readTree(
                        output(
                                0,
                                withServers(
                                        "try",
                                        RULE,
                                        "--json",
                                        "--clock",
                                        "2026-01-01T12:00:00Z",
                                        "--message",
                                        "{\"temp\": 23.1, \"hum\": 90}")));

        JsonNode rule = document.at("/messages/0/rules/0");
        assertThat(rule.at("/outcome").asText()).isEqualTo("gives");
        // The database counts microseconds.
        assertThat(rule.at("/statements/0").asText())
                .contains("VALUES (1767268800000000,23.1,90,NULL)");
        assertThat(document.at("/messages/0/decoded/0/members/0/type").asText()).isEqualTo("FLOAT");
        assertThat(tdengine.rows("SELECT * FROM iot_data.temp_hum")).isEmpty();
    }

    @Test
    void samplesTheBrokerAndSavesWhatCameAsATest() throws Exception {
        Path recorded = folder.resolve("recorded.jsonl");
        Path test = folder.resolve("saved.test.yaml");
        try (MillraceProcess process =
                MillraceProcess.start(
                        folder,
                        withServers(
                                "try",
                                RULE,
                                "--sample",
                                "2",
                                "--record",
                                recorded.toString(),
                                "--save",
                                test.toString()))) {
            process.awaitOutput("Waiting for 2 messages of devices/temp_hum");
            MqttClient publisher =
                    new MqttClient(broker.url(), "publisher", new MemoryPersistence());
            publisher.connect();
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                byte[] payload = "{\"temp\": 1, \"hum\": 2}".getBytes(UTF_8);
                                publisher.publish("devices/temp_hum", payload, 0, false);
                                return Files.exists(recorded);
                            });
            publisher.disconnect();
            publisher.close();
            assertThat(process.exitCode()).as(process.output()).isZero();
            assertThat(process.output()).contains("2 messages: 2 rows");
        }
        assertThat(Files.readAllLines(recorded)).hasSize(2).allMatch(l -> l.contains("\"temp\":1"));

        assertThat(output(0, withServers("test", test.toString()))).contains("All 1 cases");
        Files.writeString(
                test, Files.readString(test).replaceAll("hum: 2(\\s+clientid)", "hum: 3$1"));
        Path junit = folder.resolve("junit.xml");
        assertThat(output(1, withServers("test", test.toString(), "--junit", junit.toString())))
                .contains("FAILED", "iot_data.temp_hum row 1: hum is 2, expected 3");
        assertThat(Files.readString(junit)).contains("failures=\"1\"", "<failure message=");
    }

    @Test
    void passesTheTestsOfTheRepositorysOwnRules() throws Exception {
        List<String> arguments;
        try (Stream<Path> files = Files.list(ROOT.resolve("sql"))) {
            arguments =
                    Stream.concat(
                                    Stream.of("test"),
                                    files.map(Path::toString)
                                            .filter(file -> file.endsWith(".sql"))
                                            .sorted())
                            .toList();
        }
        assertThat(output(0, arguments.toArray(String[]::new))).contains("are as expected.");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(output(2, "try", RULE)).contains("There are no messages. Give --message");
        assertThat(output(2, "try", RULE, "-m", "{}"))
                .contains("There is no connection 'tdengine'");
    }
}
