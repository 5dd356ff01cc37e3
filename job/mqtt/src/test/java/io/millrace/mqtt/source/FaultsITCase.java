package io.millrace.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Problems;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.ProtocolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs against a real broker while things break. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
class FaultsITCase {
    private static final int MESSAGES = 4_000;
    private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir Path folder;

    private Mosquitto mosquitto;
    private String name;
    private StoredSink sink;
    private JobClient job;

    @BeforeEach
    void start(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        mosquitto = Mosquitto.in(folder).start();
        sink = new StoredSink(name);
        FAILURES.put(name, new AtomicInteger());
    }

    @AfterEach
    void stop() throws Exception {
        sink.goOn();
        if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        mosquitto.close();
    }

    @Test
    void losesNothingWhenTheJobFailsMidStream() throws Exception {
        run(mosquitto.url(), "s/#", 1, source -> {});
        FAILURES.get(name).set(3);
        publish(0, MESSAGES);

        awaitAll(MESSAGES);
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void losesNothingWhenTheBrokerRestarts() throws Exception {
        run(mosquitto.url(), "s/#", 1, source -> {});
        for (int round = 0; round < 3; round++) {
            publish(round * MESSAGES, MESSAGES);
            mosquitto.restart();
        }

        awaitAll(3 * MESSAGES);
    }

    @Test
    void losesNothingWhenConnectionsAreCut() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port())) {
            run("tcp://127.0.0.1:" + proxy.port(), "s/#", 1, source -> {});
            for (int round = 0; round < 4; round++) {
                publish(round * 1_000, 1_000);
                proxy.cut();
            }
            proxy.refuse();
            publish(4_000, 1_000);
            proxy.admit();

            awaitAll(5_000);
            assertThat(proxy.accepted()).isGreaterThan(2);
        }
    }

    @Test
    void losesNothingWithMqtt311WhenConnectionsAreCut() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port())) {
            run(
                    "tcp://127.0.0.1:" + proxy.port(),
                    "s/#",
                    1,
                    options -> options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1));
            for (int round = 0; round < 3; round++) {
                publish(round * 1_000, 1_000);
                proxy.cut();
            }

            awaitAll(3_000);
        }
    }

    @Test
    void catchesUpWithoutLossOrRepetitionAfterTheSinkHungAtTheBound() throws Exception {
        // No receive maximum in 3.1.1, so the broker sends as much as TCP takes.
        run(
                mosquitto.url(),
                "s/#",
                1,
                options -> {
                    options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1);
                    options.set(MqttOptions.SCAN_MAX_UNACKED_MESSAGES, 500);
                });
        sink.hang();
        publish(0, MESSAGES);
        // Several times as long as the client may be kept from reading.
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(sink.stored()).isEmpty();
        sink.goOn();

        awaitAll(MESSAGES);
        assertThat(sink.duplicates()).isZero();
    }

    @Test
    void makesProgressWhenTheBoundIsFullLongBeforeTheNextCheckpoint() throws Exception {
        run(
                mosquitto.url(),
                "s/#",
                1,
                options -> {
                    options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1);
                    options.set(MqttOptions.SCAN_MAX_UNACKED_MESSAGES, 1_000);
                },
                Duration.ofMillis(1_500));
        publish(0, MESSAGES);

        awaitAll(MESSAGES);
        assertThat(sink.duplicates()).isZero();
    }

    @Test
    void twoSessionsShareASubscription() throws Exception {
        run(
                mosquitto.url(),
                "$share/group/s/#",
                2,
                options -> options.set(MqttOptions.SCAN_SESSIONS, 2));
        FAILURES.get(name).set(1);
        publish(0, MESSAGES);

        awaitAll(MESSAGES);
        assertThat(mosquitto.log()).contains(name + "-").contains("-0 ").contains("-1 ");
    }

    @Test
    void aSavepointMovesSessionsToAnotherParallelismWithoutLossOrRepetition() throws Exception {
        Consumer<Configuration> twoSessions = options -> options.set(MqttOptions.SCAN_SESSIONS, 2);
        run(mosquitto.url(), "$share/group/s/#", 1, twoSessions);
        publish(0, 1_000);
        String savepoint = stopWithSavepoint();
        publish(1_000, 1_000);
        start(
                mosquitto.url(),
                "$share/group/s/#",
                2,
                twoSessions,
                Duration.ofMillis(200),
                savepoint);
        publish(2_000, 1_000);
        awaitAll(3_000);
        savepoint = stopWithSavepoint();
        publish(3_000, 1_000);
        start(
                mosquitto.url(),
                "$share/group/s/#",
                1,
                twoSessions,
                Duration.ofMillis(200),
                savepoint);

        awaitAll(4_000);
        assertThat(sink.duplicates()).isZero();
    }

    @Test
    void aStartWithoutStateFindsItsSessionAgain() throws Exception {
        run(mosquitto.url(), "s/#", 1, source -> {});
        publish(0, 1_000);
        awaitAll(1_000);
        job.cancel().get();
        publish(1_000, 1_000);
        start(mosquitto.url(), "s/#", 1, source -> {}, Duration.ofMillis(200), null);

        awaitAll(2_000);
    }

    @Test
    void neverAcknowledgesAcrossALostSession() throws Exception {
        // Nothing is acknowledged before the sink goes on and a checkpoint completes.
        run(mosquitto.url(), "s/#", 1, source -> {});
        sink.hang();
        publish(0, 10);
        mosquitto.kill();
        Files.deleteIfExists(folder.resolve("mosquitto.db"));
        mosquitto.start();
        patiently().until(() -> mosquitto.log().split("as " + name, -1).length > 2);
        // New messages with the packet ids of the old ones.
        publish(10, 10);
        sink.goOn();
        awaitAll(20);
        job.cancel().get();
        start(mosquitto.url(), "s/#", 1, source -> {}, Duration.ofMillis(200), null);
        publish(20, 10);

        awaitAll(30);
    }

    private String stopWithSavepoint() throws Exception {
        return job.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get(30, TimeUnit.SECONDS);
    }

    private void publish(int from, int count) throws Exception {
        try (Publisher publisher = new Publisher(mosquitto.url())) {
            for (int i = from; i < from + count; i++) {
                publisher.publish("s/" + i % 10, String.valueOf(i));
            }
        }
    }

    private void awaitAll(int count) {
        patiently().untilAsserted(() -> assertThat(sink.stored()).hasSize(count));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    private void run(String url, String topic, int parallelism, Consumer<Configuration> more)
            throws Exception {
        run(url, topic, parallelism, more, Duration.ofMillis(200));
    }

    /** Starts the job and waits until it has subscribed. */
    private void run(
            String url,
            String topic,
            int parallelism,
            Consumer<Configuration> more,
            Duration checkpointInterval)
            throws Exception {
        start(url, topic, parallelism, more, checkpointInterval, null);
        // Its own message tells that the subscription is there.
        patiently()
                .until(
                        () -> {
                            try (Publisher publisher = new Publisher(mosquitto.url())) {
                                publisher.publish("s/probe", "probe");
                            }
                            return sink.stored().containsKey("probe");
                        });
        patiently()
                .pollDelay(checkpointInterval.multipliedBy(2))
                .until(() -> sink.stored().remove("probe") == null);
    }

    private void start(
            String url,
            String topic,
            int parallelism,
            Consumer<Configuration> more,
            Duration checkpointInterval,
            String savepoint)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.enableCheckpointing(checkpointInterval.toMillis());
        environment.setParallelism(parallelism);
        String test = name;
        environment
                .fromSource(source(url, topic, more), WatermarkStrategy.noWatermarks(), "mqtt")
                .uid("mqtt")
                .map(
                        value -> {
                            AtomicInteger failures = FAILURES.get(test);
                            if (value.endsWith("999") && failures.getAndDecrement() > 0) {
                                throw new IllegalStateException("on purpose");
                            }
                            return value;
                        })
                .returns(Types.STRING)
                .sinkTo(sink)
                .uid("sink");
        job = environment.executeAsync(name);
    }

    private MqttSource<String> source(String url, String topic, Consumer<Configuration> more) {
        Configuration options = new Configuration();
        options.set(MqttOptions.URL, url);
        options.set(MqttOptions.TOPIC, topic);
        options.set(MqttOptions.CLIENT_ID_PREFIX, name);
        options.set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(50));
        options.set(MqttOptions.RECONNECT_MAX_DELAY, Duration.ofMillis(500));
        more.accept(options);
        Problems problems = new Problems();
        MqttSourceSettings settings = MqttSourceSettings.read(options, null, problems);
        problems.throwIfAny(IllegalArgumentException::new);
        return new MqttSource<>(
                settings,
                MessageDecoder.payload(new SimpleStringSchema()),
                MqttClientFactory.of(settings.connection().library()),
                Duration.ofMillis(200));
    }
}
