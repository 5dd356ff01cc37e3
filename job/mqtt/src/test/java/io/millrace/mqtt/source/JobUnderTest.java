package io.millrace.mqtt.source;

import static org.awaitility.Awaitility.await;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.MqttClientFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.core.ConditionFactory;

/** A job from an MQTT source into a {@link StoredSink}, on the mini cluster of the test. */
final class JobUnderTest implements AutoCloseable {
    static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private static final Duration QUIET = Duration.ofSeconds(1);

    final StoredSink sink;
    private final String name;
    private final Path folder;
    private JobClient job;

    /**
     * @param name of the job, and the prefix of its client ids
     * @param folder for savepoints
     */
    JobUnderTest(String name, Path folder) {
        this.name = name;
        this.folder = folder;
        this.sink = new StoredSink(name);
    }

    /**
     * Starts the job.
     *
     * @param savepoint to go on from; null to start anew
     */
    void start(
            String url,
            String topic,
            int parallelism,
            String savepoint,
            Consumer<Configuration> options)
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
        environment.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
        environment.setParallelism(parallelism);
        environment
                .fromSource(source(url, topic, options), WatermarkStrategy.noWatermarks(), "mqtt")
                .uid("mqtt")
                .sinkTo(sink)
                .uid("sink");
        job = environment.executeAsync(name);
    }

    private MqttSource<String> source(String url, String topic, Consumer<Configuration> more) {
        Configuration options = new Configuration();
        options.set(MqttOptions.URL, url);
        options.set(MqttOptions.TOPIC, topic);
        options.set(MqttOptions.CLIENT_ID_PREFIX, name);
        options.set(MqttOptions.CLIENT, ClientLibrary.NETTY);
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
                Duration.ofMillis(200),
                QUIET);
    }

    /** Ends the job in order and returns the path of its savepoint. */
    String stop() throws Exception {
        return job.stopWithSavepoint(
                        false,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get(30, TimeUnit.SECONDS);
    }

    /**
     * Waits until all that is stored now is contained in a complete checkpoint that the source has
     * been told of, and then for one checkpoint more, in which its acknowledgements travel.
     */
    void awaitCheckpoints() {
        // The first flush may be under way, the second one's checkpoint is told before the third.
        int enough = sink.flushes() + 4;
        patiently().until(() -> sink.flushes() >= enough);
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        sink.goOn();
        try {
            if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
                job.cancel().get(30, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("The job does not end", e);
        }
    }
}
