package io.millrace.mqtt.source;

import static io.millrace.mqtt.source.JobUnderTest.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.proxy.FaultProxy.Direction;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import java.nio.file.Path;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledgements get lost between a completed checkpoint and a real broker. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
class DeduplicationITCase {
    private static final int MESSAGES = 1_000;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path folder;

    private Mosquitto mosquitto;
    private FaultProxy proxy;
    private JobUnderTest job;

    @BeforeEach
    void start(TestInfo test) {
        mosquitto =
                Mosquitto.in(folder, "log_type error", "log_type notice", "log_type subscribe")
                        .start();
        proxy = FaultProxy.to(mosquitto.port());
        job = new JobUnderTest(test.getTestMethod().orElseThrow().getName(), folder);
    }

    @AfterEach
    void stop() {
        job.close();
        proxy.close();
        mosquitto.close();
    }

    @Test
    void aCutBetweenCheckpointAndAcknowledgementMakesNoSecondRows() throws Exception {
        run(Deduplication.SESSION);
        storeWithoutAcknowledgement();
        proxy.cut();
        proxy.resume();
        publishMoreAndAwait();

        assertThat(job.sink.duplicates()).isZero();
    }

    @Test
    void aFailureBetweenCheckpointAndAcknowledgementMakesNoSecondRows() throws Exception {
        run(Deduplication.SESSION);
        storeWithoutAcknowledgement();
        failWithoutAcknowledgement();
        publishMoreAndAwait();

        assertThat(job.sink.duplicates()).isZero();
    }

    @Test
    void withoutDeduplicationItDoes() throws Exception {
        run(Deduplication.OFF);
        storeWithoutAcknowledgement();
        failWithoutAcknowledgement();
        publishMoreAndAwait();

        assertThat(job.sink.duplicates()).isGreaterThanOrEqualTo(MESSAGES);
    }

    @Test
    void manyCutsUnderLoadMakeNoSecondRowsAndLoseNothing() throws Exception {
        run(Deduplication.SESSION);
        for (int round = 0; round < 10; round++) {
            publish(round * MESSAGES);
            proxy.cut();
        }

        awaitAll(10 * MESSAGES);
        job.awaitCheckpoints();
        assertThat(job.sink.duplicates()).isZero();
    }

    /** Mosquitto has 100,000 messages under way then, and uses packet ids twice. */
    @Test
    void aRestartWhileAFullQueueIsReadMakesNoSecondRowsAndLosesNothing() throws Exception {
        run(Deduplication.SESSION);
        String savepoint = job.stop();
        int many = 120_000;
        BulkPublisher.publish(mosquitto.port(), "s/many", many);
        start(Deduplication.SESSION, savepoint);
        patiently().until(() -> job.sink.stored().size() > many / 4);
        mosquitto.restart();

        awaitAll(many);
        job.awaitCheckpoints();
        assertThat(job.sink.duplicates()).isZero();
    }

    private void start(Deduplication deduplication, String savepoint) throws Exception {
        job.start(
                "tcp://127.0.0.1:" + proxy.port(),
                "s/#",
                1,
                savepoint,
                options -> options.set(MqttOptions.SCAN_DEDUPLICATION, deduplication));
    }

    private void run(Deduplication deduplication) throws Exception {
        start(deduplication, null);
        patiently().until(() -> mosquitto.log().contains(" 1 s/#"));
        // One round with all its acknowledgements, so that packet ids have been used before.
        publish(-MESSAGES);
        awaitAll(MESSAGES);
        job.awaitCheckpoints();
        job.sink.stored().clear();
    }

    /** The checkpoints that contain the messages are complete, and no PUBACK gets through. */
    private void storeWithoutAcknowledgement() throws Exception {
        proxy.stall(Direction.TO_SERVER);
        publish(0);
        awaitAll(MESSAGES);
        job.awaitCheckpoints();
        assertThat(job.sink.duplicates()).isZero();
    }

    private void failWithoutAcknowledgement() {
        proxy.refuse();
        proxy.cut();
        job.sink.failOnce();
        patiently().until(() -> !job.sink.isFailing());
        proxy.resume();
        proxy.admit();
    }

    private void publishMoreAndAwait() throws Exception {
        publish(MESSAGES);
        awaitAll(2 * MESSAGES);
        job.awaitCheckpoints();
    }

    private void publish(int from) throws Exception {
        try (Publisher publisher = new Publisher(mosquitto.url())) {
            for (int i = from; i < from + MESSAGES; i++) {
                publisher.publish("s/" + Math.floorMod(i, 10), String.valueOf(i));
            }
        }
    }

    private void awaitAll(int count) {
        patiently().untilAsserted(() -> assertThat(job.sink.stored()).hasSize(count));
    }
}
