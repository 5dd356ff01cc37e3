package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.example.HotDevices;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's job in Java, and what it exports for Prometheus. */
class HotDevicesITCase {
    private static final Pattern METRIC = Pattern.compile("\\bflink_\\w+[a-zA-Z]\\b");
    private static final Path OBSERVABILITY = Path.of("..", "..", "deploy", "observability");

    @TempDir private static Path folder;

    private static Mosquitto broker;
    private static TDengineUnderTest tdengine;
    private static String database;
    private static JobClient job;

    @BeforeAll
    static void startTheJob() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = Mosquitto.in(folder).start();
        tdengine = TDengineUnderTest.start();
        assumeTrue(tdengine.username().equals("root"), "the example connects as root");
        database = tdengine.freshDatabase("PRECISION 'ms'");
        tdengine.execute(
                "CREATE STABLE %s.readings (ts TIMESTAMP, temp DOUBLE) TAGS (device NCHAR(64))"
                        .formatted(database));
        Configuration cluster = ExportedMetrics.addTo(new Configuration());
        cluster.set(RestOptions.BIND_PORT, "0");
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
        flink.enableCheckpointing(200);
        HotDevices.plan(flink, broker.url(), tdengine.url(), tdengine.password(), database);
        job = flink.executeAsync("hot-devices");
    }

    @AfterAll
    static void stopAll() {
        if (job != null) {
            job.cancel().orTimeout(60, TimeUnit.SECONDS).join();
        }
        if (tdengine != null) {
            tdengine.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void storesWhatDevicesSayAndRaisesAnAlarmForHotOnes() throws Exception {
        Queue<String> alarms = new ConcurrentLinkedQueue<>();
        MqttClient listener = new MqttClient(broker.url(), "listener", new MemoryPersistence());
        listener.connect();
        listener.subscribe("alarms", 1, (topic, alarm) -> alarms.add(text(alarm.getPayload())));
        long now = System.currentTimeMillis();
        try (Devices devices = new Devices(broker.url())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                devices.publish("devices/warm/temp", reading(now, 20));
                                return !rows("warm").isEmpty();
                            });
            devices.publish("devices/hot/temp", reading(now, 95.5));
            devices.publish("devices/broken/temp", "{\"ts\": 1}");
            devices.publish("devices/d7/temp", reading(now, 21));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> !rows("d7").isEmpty());
        assertThat(rows("hot")).containsExactly(List.of(95.5));
        assertThat(rows("broken")).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> !alarms.isEmpty());
        assertThat(alarms).containsOnly("hot");
        listener.disconnect();
        listener.close();
    }

    /** A gauge of a checkpoint, and a summary's quantiles, are there when there was one. */
    @Test
    void exportsEveryMetricThatAlertsAndDashboardAskFor() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (String file :
                List.of("alerts.yml", "alerts.test.yml", "grafana/millrace.json", "README.md")) {
            Matcher names = METRIC.matcher(Files.readString(OBSERVABILITY.resolve(file)));
            while (names.find()) {
                asked.add(names.group());
            }
        }
        asked.removeIf(name -> name.endsWith("operator"));
        assertThat(asked).hasSizeGreaterThan(25);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ExportedMetrics.names()).containsAll(asked));
    }

    private static String reading(long millis, double temp) {
        return "{\"ts\": %d, \"temp\": %s}".formatted(millis, temp);
    }

    private static List<List<Object>> rows(String device) {
        return tdengine.rows(
                "SELECT temp FROM %s.readings WHERE device = '%s'".formatted(database, device));
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
