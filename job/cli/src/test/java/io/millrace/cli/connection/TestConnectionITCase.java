package io.millrace.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.MillraceProcess;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.mqtt.MosquittoUsers;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.devkit.tls.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace test-connection} in a project. */
class TestConnectionITCase {
    private static final String PASSWORD = "quite-secret";

    @TempDir private static Path folder;
    private static Mosquitto broker;
    private static TDengineUnderTest tdengine;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        TestCertificates certificate = TestCertificates.forHost(folder, "broker", "localhost");
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "certfile " + certificate.certificate(),
                                "keyfile " + certificate.key()));
        lines.addAll(
                List.of(
                        new MosquittoUsers(folder)
                                .add("plant", PASSWORD, "topic read devices/#")
                                .lines()));
        broker = Mosquitto.in(folder, lines.toArray(String[]::new)).start();
        tdengine = TDengineUnderTest.start();
        String database = tdengine.freshDatabase("PRECISION 'ms'");
        tdengine.execute("CREATE TABLE " + database + ".temp (ts TIMESTAMP, temp FLOAT)");
        Files.createDirectory(folder.resolve("sql"));
        Files.writeString(
                folder.resolve("sql/temp.sql"),
                """
                INSERT INTO tdengine.%s.temp (ts, temp)
                SELECT received_at, payload.temp FROM "devices/+/temp" WHERE payload.temp > 0;
                """
                        .formatted(database));
        Files.writeString(
                folder.resolve("millrace.yaml"),
                """
                job:
                  name: plant-7
                connections:
                  mqtt:
                    type: mqtt
                    url: ssl://localhost:%d
                    username: plant
                    password: ${file:%s}
                    tls.ca: %s
                  tdengine:
                    type: tdengine
                    url: %s
                    username: %s
                    password: %s
                  away:
                    type: tdengine
                    url: http://127.0.0.1:1
                    username: root
                    password: ${env.NOT_SET_ANYWHERE}
                """
                        .formatted(
                                broker.port(),
                                Files.writeString(folder.resolve("password"), PASSWORD),
                                certificate.certificate(),
                                tdengine.restUrl(),
                                tdengine.username(),
                                tdengine.password()));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
        if (tdengine != null) {
            tdengine.close();
        }
    }

    private static MillraceProcess run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("test-connection"));
        all.addAll(List.of(arguments));
        return MillraceProcess.start(folder, all.toArray(String[]::new));
    }

    @Test
    void testsWhatTheRulesNeedOfTheNamedConnections() throws Exception {
        try (MillraceProcess process = run("mqtt", "tdengine")) {
            assertThat(process.exitCode()).as(process.output()).isZero();
            assertThat(process.output())
                    .contains("'devices/+/temp' with QoS 1")
                    .contains(".temp' is a table with 2 columns")
                    .contains("job 'plant-7' does not run here", "plant-7-")
                    .contains("2 connections, all usable")
                    .doesNotContain(PASSWORD);
            assertThat(process.output().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        }
    }

    @Test
    void endsWithOneIfAConnectionCannotBeUsedAndShowsAllInOrder() throws Exception {
        try (MillraceProcess process = run("--json", "--publish", "forbidden/x")) {
            assertThat(process.exitCode()).isEqualTo(1);
            String output = process.output();
            JsonNode json = new ObjectMapper().readTree(output.substring(output.indexOf("{\n")));
            assertThat(json.path("usable").asBoolean()).isFalse();
            assertThat(json.path("connections").findValuesAsText("url")).hasSize(3);
            JsonNode mqtt = json.path("connections").path(0);
            assertThat(mqtt.path("name").asText()).isEqualTo("mqtt");
            assertThat(mqtt.path("verdict").asText()).isEqualTo("bad");
            JsonNode away = json.at("/connections/2/checks/0");
            assertThat(away.path("found").asText()).contains("'NOT_SET_ANYWHERE' is not set");
            assertThat(output).doesNotContain(PASSWORD);
        }
    }

    @Test
    void aNameThatIsNoneIsWrongUsage() throws Exception {
        try (MillraceProcess process = run("mqt")) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.output()).contains("Did you mean 'mqtt'?");
        }
    }
}
