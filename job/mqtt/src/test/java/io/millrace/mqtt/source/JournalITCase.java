package io.millrace.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ProtocolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs with a journal, at a broker that sends 20 messages and waits for acknowledgements. */
class JournalITCase {
    private static final int WINDOW = 20;
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofHours(1);

    // By name of the test: failures to come, and what has been handed on.
    private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();
    private static final Map<String, Set<String>> SEEN = new ConcurrentHashMap<>();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir Path folder;

    private final EmbeddedBroker broker = new EmbeddedBroker();
    private final List<JobClient> jobs = new ArrayList<>();
    private String name;
    private StoredSink sink;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        broker.start();
        sink = new StoredSink(name);
        FAILURES.put(name, new AtomicInteger());
        SEEN.put(name, ConcurrentHashMap.newKeySet());
        Files.createDirectory(folder.resolve("journal"));
    }

    @AfterEach
    void stop() throws Exception {
        for (JobClient job : jobs) {
            if (!job.getJobStatus().get().isGloballyTerminalState()) {
                job.cancel().get();
            }
        }
        broker.close();
    }

    @Test
    void losesNothingWhenTheJobFailsMidStream() throws Exception {
        run(OFTEN, null, options -> {});
        FAILURES.get(name).set(3);
        publish(0, 4_000);

        awaitStored(0, 4_000);
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void losesNothingWithMqtt311() throws Exception {
        run(
                OFTEN,
                null,
                options -> options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1));
        FAILURES.get(name).set(2);
        publish(0, 2_000);

        awaitStored(0, 2_000);
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void losesNothingWithAClientThatCannotPause() throws Exception {
        run(OFTEN, null, options -> options.set(MqttOptions.CLIENT, ClientLibrary.PAHO));
        FAILURES.get(name).set(1);
        publish(0, 1_000);

        awaitStored(0, 1_000);
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void losesNothingWhenTheJobFailsBeforeItsFirstCheckpoint() throws Exception {
        JobClient job = run(NEVER, null, options -> {});
        FAILURES.get(name).set(1);
        // So many could not come without acknowledgements, and those were on the way to nowhere.
        publish(0, 1_500);

        patiently().until(() -> SEEN.get(name).contains("1499"));
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
        stopWithSavepoint(job);
        awaitStored(0, 1_500);
    }

    @Test
    void aSavepointGoesOnWhereItStoppedAndAnOlderOneIsReplayed() throws Exception {
        JobClient job = run(OFTEN, null, options -> {});
        publish(0, 500);
        awaitStored(0, 500);
        String older = stopWithSavepoint(job);
        publish(500, 500);
        job = run(OFTEN, older, options -> {});
        awaitStored(0, 1_000);
        String newer = stopWithSavepoint(job);
        assertThat(sink.duplicates()).isZero();

        sink.stored().clear();
        job = run(OFTEN, older, options -> {});
        awaitStored(500, 500);
        stopWithSavepoint(job);
        assertThat(sink.stored()).hasSize(500);

        sink.stored().clear();
        publish(1_000, 500);
        run(OFTEN, newer, options -> {});
        awaitStored(1_000, 500);
        assertThat(sink.stored()).hasSize(500);
    }

    @Test
    void aStartWithoutStateGoesOnBehindTheLastCheckpoint() throws Exception {
        JobClient job = run(OFTEN, null, options -> {});
        publish(0, 500);
        awaitStored(0, 500);
        stopWithSavepoint(job);
        sink.stored().clear();
        job = run(NEVER, null, options -> {});
        // Acknowledged and handed on, but in no checkpoint.
        publish(500, 500);
        patiently().until(() -> SEEN.get(name).contains("999"));
        job.cancel().get();
        publish(1_000, 500);
        run(OFTEN, null, options -> {});

        awaitStored(500, 1_000);
        assertThat(sink.stored()).hasSize(1_000);
    }

    @Test
    void isManyTimesAsFastAsCheckpointsWhereTheWindowIsSmall() throws Exception {
        Duration interval = Duration.ofSeconds(1);
        run(interval, null, options -> {});
        SEEN.put("control", ConcurrentHashMap.newKeySet());
        FAILURES.put("control", new AtomicInteger());
        start(
                "control",
                new StoredSink("control"),
                interval,
                null,
                options -> options.set(MqttOptions.SCAN_ACK_MODE, AckMode.CHECKPOINT));
        awaitSubscription("control");
        int before = SEEN.get("control").size();
        long begin = System.nanoTime();
        publish(0, 5_000);
        patiently().until(() -> SEEN.get(name).contains("4999"));
        double journal = 5_000 / seconds(begin);
        patiently().until(() -> seconds(begin) >= 5);
        double checkpoint = (SEEN.get("control").size() - before) / seconds(begin);

        System.out.printf(
                "journal %.0f/s, checkpoints each second %.0f/s: %.0f times%n",
                journal, checkpoint, journal / checkpoint);
        assertThat(checkpoint).isBetween(WINDOW / 2.0, WINDOW * 2.0);
        assertThat(journal).isGreaterThan(10 * checkpoint);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private String stopWithSavepoint(JobClient job) throws Exception {
        return job.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get(30, TimeUnit.SECONDS);
    }

    private void publish(int from, int count) throws Exception {
        try (Publisher publisher = new Publisher(broker.url())) {
            for (int i = from; i < from + count; i++) {
                publisher.publish("s/" + i % 10, String.valueOf(i));
            }
        }
    }

    private void awaitStored(int from, int count) {
        patiently()
                .untilAsserted(
                        () -> {
                            for (int i = from; i < from + count; i++) {
                                assertThat(sink.stored()).containsKey(String.valueOf(i));
                            }
                        });
    }

    private void awaitSubscription(String prefix) {
        patiently()
                .until(
                        () ->
                                broker.subscriptions().keySet().stream()
                                        .anyMatch(clientId -> clientId.startsWith(prefix + "-")));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** Starts the job and waits until it has subscribed. */
    private JobClient run(
            Duration checkpointInterval, String savepoint, Consumer<Configuration> more)
            throws Exception {
        JobClient job = start(name, sink, checkpointInterval, savepoint, more);
        awaitSubscription(name);
        return job;
    }

    private JobClient start(
            String test,
            StoredSink target,
            Duration checkpointInterval,
            String savepoint,
            Consumer<Configuration> more)
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
        environment.setParallelism(1);
        environment
                .fromSource(source(test, more), WatermarkStrategy.noWatermarks(), "mqtt")
                .uid("mqtt")
                .map(
                        value -> {
                            if (value.endsWith("999") && FAILURES.get(test).getAndDecrement() > 0) {
                                throw new IllegalStateException("on purpose");
                            }
                            SEEN.get(test).add(value);
                            return value;
                        })
                .returns(Types.STRING)
                .sinkTo(target)
                .uid("sink");
        JobClient job = environment.executeAsync(test);
        jobs.add(job);
        return job;
    }

    private MqttSource<String> source(String prefix, Consumer<Configuration> more) {
        Configuration options = new Configuration();
        options.set(MqttOptions.SCAN_ACK_MODE, AckMode.JOURNAL);
        more.accept(options);
        MqttSourceBuilder<String> builder =
                MqttSource.<String>builder()
                        .setUrl(broker.url())
                        .setTopic("s/#")
                        .setClientIdPrefix(prefix)
                        .setDecoder(MessageDecoder.payload(new SimpleStringSchema()))
                        .set(MqttOptions.RECEIVE_MAXIMUM, WINDOW)
                        .set(MqttOptions.CLIENT, options.get(MqttOptions.CLIENT))
                        .set(MqttOptions.SCAN_ACK_MODE, options.get(MqttOptions.SCAN_ACK_MODE))
                        .set(
                                MqttOptions.PROTOCOL_VERSION,
                                options.get(MqttOptions.PROTOCOL_VERSION))
                        .set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(50));
        if (options.get(MqttOptions.SCAN_ACK_MODE) == AckMode.JOURNAL) {
            builder.set(
                    MqttOptions.SCAN_JOURNAL_PATH, folder.resolve("journal").toUri().toString());
        }
        return builder.build();
    }
}
