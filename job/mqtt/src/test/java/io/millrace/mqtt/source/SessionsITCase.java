package io.millrace.mqtt.source;

import static io.millrace.mqtt.source.JobUnderTest.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Publisher;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.ProtocolVersion;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that go on from a savepoint with other sessions, while messages are published. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
class SessionsITCase {
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
    private JobUnderTest job;

    // Written by the publisher's thread.
    private volatile int published;

    @BeforeEach
    void start(TestInfo test) {
        mosquitto = Mosquitto.in(folder, "log_type all").start();
        name = test.getTestMethod().orElseThrow().getName();
        job = new JobUnderTest(name, folder);
    }

    @AfterEach
    void stop() {
        job.close();
        mosquitto.close();
    }

    @Test
    void anotherTopicLosesNothingOfWhatBothMatch() throws Exception {
        change("s/#", 1, 1, "s/+", 1, 1, options -> {});

        assertThat(isAtBroker("s/#", 0)).isFalse();
        assertThat(isAtBroker("s/+", 0)).isTrue();
    }

    @Test
    void anotherTopicLosesNothingWithMqtt311() throws Exception {
        change(
                "s/#",
                1,
                1,
                "s/+",
                1,
                1,
                options -> options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1));

        assertThat(isAtBroker("s/#", 0)).isFalse();
    }

    @Test
    void fewerSessionsLoseNothingAndMakeNoSecondRows() throws Exception {
        change("$share/g/s/#", 3, 3, "$share/g/s/#", 1, 2, options -> {});

        assertThat(isAtBroker("$share/g/s/#", 0)).isTrue();
        assertThat(isAtBroker("$share/g/s/#", 1)).isFalse();
        assertThat(isAtBroker("$share/g/s/#", 2)).isFalse();
        assertThat(job.sink.duplicates()).isZero();
    }

    @Test
    void moreSessionsLoseNothingAndMakeNoSecondRows() throws Exception {
        change("$share/g/s/#", 1, 2, "$share/g/s/#", 3, 1, options -> {});

        assertThat(isAtBroker("$share/g/s/#", 2)).isTrue();
        assertThat(job.sink.duplicates()).isZero();
    }

    /** Stops the job, publishes on, and starts it with other sessions. */
    private void change(
            String topic,
            int sessions,
            int parallelism,
            String newTopic,
            int newSessions,
            int newParallelism,
            Consumer<Configuration> more)
            throws Exception {
        job.start(mosquitto.url(), topic, parallelism, null, sessions(sessions, more));
        awaitSubscribed(topic, sessions);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(enough));
        patiently().until(() -> job.sink.stored().size() > 500);
        String savepoint = job.stop();
        int before = published;
        patiently().until(() -> published > before + 500);
        job.start(
                mosquitto.url(), newTopic, newParallelism, savepoint, sessions(newSessions, more));
        awaitSubscribed(newTopic, newSessions);
        int old = topic.equals(newTopic) ? Math.max(0, sessions - newSessions) : sessions;
        patiently()
                .until(() -> mosquitto.log().split("Received UNSUBSCRIBE", -1).length - 1 >= old);
        int after = published;
        patiently().until(() -> published > after + 500);
        enough.set(true);
        publisher.get();

        patiently().untilAsserted(() -> assertThat(job.sink.stored()).hasSize(published));
        // Twice the time after which a session counts as empty.
        patiently()
                .until(
                        () -> {
                            job.awaitCheckpoints();
                            return !isOpen(topic, newTopic, sessions, newSessions);
                        });
    }

    /** Whether a session that was given up still has a connection. */
    private boolean isOpen(String topic, String newTopic, int sessions, int newSessions) {
        for (int number = 0; number < sessions; number++) {
            if (topic.equals(newTopic) && number < newSessions) {
                continue;
            }
            String id = ClientIds.of(name, topic, number);
            String log = mosquitto.log();
            int connected = log.lastIndexOf(" as " + id + " ");
            if (log.indexOf("Client " + id + " disconnected", connected) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Consumer<Configuration> sessions(int count, Consumer<Configuration> more) {
        return more.andThen(options -> options.set(MqttOptions.SCAN_SESSIONS, count));
    }

    private void awaitSubscribed(String topic, int sessions) {
        for (int number = 0; number < sessions; number++) {
            String line = "Sending SUBACK to " + ClientIds.of(name, topic, number);
            patiently().until(() -> mosquitto.log().contains(line));
        }
    }

    private void publish(AtomicBoolean enough) {
        try (Publisher publisher = new Publisher(mosquitto.url())) {
            while (!enough.get()) {
                for (int i = 0; i < 20; i++) {
                    publisher.publish("s/" + published % 10, String.valueOf(published));
                    published++;
                }
                publisher.flush();
                Thread.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isAtBroker(String topic, int number) throws Exception {
        job.close();
        MqttAsyncClient client =
                new MqttAsyncClient(
                        mosquitto.url(),
                        ClientIds.of(name, topic, number),
                        new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        IMqttToken token = client.connect(options);
        token.waitForCompletion(5_000);
        boolean present = token.getSessionPresent();
        client.disconnect().waitForCompletion(5_000);
        client.close();
        return present;
    }
}
