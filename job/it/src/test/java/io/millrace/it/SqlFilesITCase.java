package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file in {@code sql/} runs as it stands, into the tables of {@code deploy/tdengine}. */
class SqlFilesITCase {
    private static final Path SQL = Path.of("..", "..", "sql");
    private static final Path SCHEMA = Path.of("..", "..", "deploy", "tdengine", "schema.sql");
    private static EmbeddedBroker broker;
    private static TDengineUnderTest tdengine;

    @TempDir private Path folder;

    @BeforeAll
    static void startServers() throws IOException {
        broker = new EmbeddedBroker().start();
        tdengine = TDengineUnderTest.start();
        tdengine.execute("DROP DATABASE IF EXISTS iot_data");
        for (String statement : Files.readString(SCHEMA).replaceAll("(?m)^--.*$", "").split(";")) {
            if (!statement.isBlank()) {
                tdengine.execute(statement.strip());
            }
        }
    }

    @AfterAll
    static void stopServers() throws Exception {
        tdengine.execute("DROP DATABASE IF EXISTS iot_data");
        broker.close();
        tdengine.close();
    }

    @Test
    void aTestKnowsEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(SQL)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".sql")))
                    .containsExactlyInAnyOrder(
                            "temp_hum.sql",
                            "device_readings.sql",
                            "averages.sql",
                            "emqx_temp_hum.sql",
                            "emqx_readings.sql");
        }
    }

    @Test
    void temperatureAndHumidity() throws Exception {
        writes(
                "temp_hum.sql",
                "devices/temp_hum",
                "{\"temp\": 23.5, \"hum\": 61.5}",
                "SELECT temp, hum FROM iot_data.temp_hum LIMIT 1",
                List.of(23.5, 61.5));
    }

    @Test
    void aSubTableForEachDevice() throws Exception {
        writes(
                "device_readings.sql",
                "devices/d7/readings",
                "{\"ts\": %d, \"temp\": 23.5, \"hum\": 61.5}".formatted(System.currentTimeMillis()),
                "SELECT tbname, temp, clientid FROM iot_data.readings LIMIT 1",
                List.of("d_d7", 23.5, "d7"));
    }

    @Test
    void averagesOfTenSeconds() throws Exception {
        writes(
                "averages.sql",
                "devices/d7/temp",
                "{\"temp\": 23.5}",
                "SELECT avg_temp, max_temp, clientid FROM iot_data.averages LIMIT 1",
                List.of(23.5, 23.5, "d7"));
    }

    @Test
    void aRuleOfEmqx() throws Exception {
        writes(
                "emqx_temp_hum.sql",
                "sites/plant7/temp_hum",
                "{\"temp\": 23.5, \"hum\": 61.5}",
                "SELECT temp, hum, clientid FROM iot_data.temp_hum WHERE clientid = 'plant7' LIMIT 1",
                List.of(23.5, 61.5, "plant7"));
    }

    @Test
    void readingsOfAGatewayByEmqxsForeach() throws Exception {
        String reading = "{\"id\": \"%s\", \"ts\": %d, \"temp\": %s}";
        long now = System.currentTimeMillis();
        writes(
                "emqx_readings.sql",
                "gateways/g1/readings",
                "{\"readings\": [%s, %s]}"
                        .formatted(
                                reading.formatted("g8", now, "23.5"),
                                reading.formatted("g9", now, "\"none\"")),
                "SELECT DISTINCT tbname, temp, clientid FROM iot_data.readings WHERE clientid > 'f'",
                List.of("d_g8", 23.5, "g8"));
    }

    private void writes(String file, String topic, String payload, String query, List<Object> row)
            throws Exception {
        try (RuleRun run =
                        RuleRun.start(
                                folder,
                                RuleRun.settings(folder, broker.url(), tdengine),
                                SQL.resolve(file));
                Devices devices = new Devices(broker.url())) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(
                            () -> {
                                devices.publish(topic, payload);
                                assertThat(tdengine.rows(query)).containsExactly(row);
                            });
            assertThat(run.deadLetters()).isEmpty();
        }
    }
}
