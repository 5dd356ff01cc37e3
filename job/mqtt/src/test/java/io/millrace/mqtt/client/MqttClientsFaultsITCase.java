package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.proxy.FaultProxy.Direction;
import io.millrace.mqtt.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What each client does, with each version of the protocol, while the network breaks. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
@ParameterizedClass
@MethodSource("io.millrace.mqtt.client.ClientUnderTest#all")
class MqttClientsFaultsITCase {
    private final ClientUnderTest client;

    @TempDir Path folder;

    private Mosquitto mosquitto;
    private FaultProxy proxy;

    MqttClientsFaultsITCase(ClientUnderTest client) {
        this.client = client;
    }

    @BeforeEach
    void start() {
        mosquitto = Mosquitto.in(folder, "max_queued_messages 0").start();
        proxy = FaultProxy.to(mosquitto.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        mosquitto.close();
    }

    @Test
    void aBrokerThatIsNotThereOrHangsUpIsAFailureThatPasses() {
        proxy.refuse();
        assertPasses("tcp://127.0.0.1:" + proxy.port());
        mosquitto.stop();
        assertPasses(mosquitto.url());
        assertThatNoThreadIsLeft("leaky");
    }

    private void assertPasses(String url) {
        assertThatThrownBy(() -> client.settings(url).connect("leaky"))
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isFalse())
                .hasMessageContaining(url);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsGivenUpInTime() {
        proxy.stall(Direction.TO_CLIENT);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> proxied().connectTimeout(Duration.ofSeconds(1)).connect("leaky"))
                .isInstanceOf(MqttFailure.class)
                .hasMessageContaining(":" + proxy.port());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        proxy.cut();
        assertThatNoThreadIsLeft("leaky");
    }

    @Test
    void aConnectionThatIsCutMidStreamIsLostOnceAndNothingElseIs() throws Exception {
        int count = 3_000;
        Set<String> seen = new HashSet<>();
        try (TestConnection first = proxied().connect("cut").subscribed("a")) {
            publish(count, 1);
            first.awaitMessages(500);
            first.acknowledge(0, 400);
            proxy.cut();
            first.awaitLost();
            seen.addAll(first.payloads().subList(0, 400));
            assertThat(first.lost).hasSize(1);
            assertThat(first.lost.get(0).isPermanent()).isFalse();
        }
        try (TestConnection second = proxied().connect("cut", 2)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                seen.addAll(second.payloads());
                                return seen.size() == count;
                            });
        }
        assertThatNoThreadIsLeft("cut");
    }

    @Test
    void aConnectionMayBeCutWhileAcknowledgementsAreWritten() throws Exception {
        int count = 2_000;
        int round = 0;
        Set<String> acknowledged = new HashSet<>();
        proxied().connect("acks").subscribed("a").close();
        publish(count, 1);
        while (acknowledged.size() < count && round++ < 20) {
            try (TestConnection connection = proxied().connect("acks", round + 1)) {
                int before = acknowledged.size();
                connection.awaitMessages(Math.min(200, count - before));
                List<ReceivedMessage> messages = connection.messages();
                List<String> payloads = connection.payloads();
                int cutAt = round < 6 ? messages.size() / 2 : -1;
                for (int i = 0; i < payloads.size(); i++) {
                    if (i == cutAt) {
                        proxy.cut();
                    }
                    connection.client.acknowledge(new int[] {messages.get(i).packetId()}, 1);
                    acknowledged.add(payloads.get(i));
                }
                assertThat(connection.lost).hasSizeLessThanOrEqualTo(1);
            } catch (MqttFailure e) {
                assertThat(e.isPermanent()).isFalse();
            }
        }
        assertThat(acknowledged).hasSize(count);
        assertThatNoThreadIsLeft("acks");
    }

    @Test
    void aConnectionThatGoesSilentIsLostOnce() throws Exception {
        try (TestConnection connection =
                proxied().keepAlive(Duration.ofSeconds(1)).connect("stall").subscribed("a")) {
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(connection.lost).isEmpty();
            proxy.stall(Direction.TO_CLIENT);
            connection.awaitLost();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

            assertThat(connection.lost).hasSize(1);
            assertThat(connection.lost.get(0).isPermanent()).isFalse();
            assertThat(connection.lost.get(0)).hasMessageContaining(":" + proxy.port());
        }
        assertThatNoThreadIsLeft("stall");
    }

    @Test
    void closingDoesNotWaitLongForABrokerThatHangs() throws Exception {
        TestConnection connection = proxied().connect("hang").subscribed("a");
        proxy.stall(Direction.TO_SERVER);
        proxy.stall(Direction.TO_CLIENT);
        long begin = System.nanoTime();
        connection.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        assertThat(connection.lost).isEmpty();
        assertThatNoThreadIsLeft("hang");
    }

    @Test
    void aPausedClientStaysConnectedTakesNothingMoreAndLosesNothing() throws Exception {
        for (int qos = 0; qos <= 1; qos++) {
            int count = 10_000;
            String payload = "x".repeat(1_000);
            try (TestConnection connection =
                    client.settings(mosquitto.url())
                            .keepAlive(Duration.ofSeconds(client.isPaho() ? 60 : 1))
                            .connect("pause")
                            .subscribed("a", qos)) {
                assumeThat(connection.client.canPause()).as("Can pause").isTrue();
                // As the buffer does: out of the listener, when it is full.
                connection.onReceived = messages -> connection.client.pause();
                publish(count, payload, qos);
                connection.awaitMessages(1);
                await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);

                assertThat(connection.reads).as("reads").hasSize(1);
                assertThat(connection.count.get()).isLessThan(140);
                connection.onReceived = messages -> {};
                connection.client.resume();
                connection.awaitMessages(count);
                assertThat(connection.messages()).hasSize(count);
                assertThat(connection.lost).isEmpty();
                connection.client.endSession();
            }
        }
    }

    @Test
    void pauseAndResumeFromAnyThreadLoseNothing() throws Exception {
        int count = 20_000;
        try (TestConnection connection =
                client.settings(mosquitto.url()).connect("valve").subscribed("a")) {
            assumeThat(connection.client.canPause()).as("Can pause").isTrue();
            Thread valve =
                    new Thread(
                            () -> {
                                while (connection.count.get() < count
                                        && !Thread.currentThread().isInterrupted()) {
                                    connection.client.pause();
                                    Thread.yield();
                                    connection.client.resume();
                                }
                            });
            valve.start();
            connection.onReceived =
                    messages -> {
                        connection.client.pause();
                        connection.client.resume();
                    };
            publish(count, 1);
            connection.awaitMessages(count);
            valve.interrupt();
            valve.join();

            assertThat(connection.payloads())
                    .isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
        }
    }

    /**
     * What the buffer's way to hold a client back relies on if it cannot be paused: it goes on
     * after several keep-alives if it gets on by a message within each third of one.
     */
    @Test
    void aClientThatIsHeldBackStaysAliveIfItGetsOnNowAndThen() throws Exception {
        int count = 5_000;
        Duration keepAlive = Duration.ofSeconds(2);
        try (TestConnection connection =
                client.settings(mosquitto.url()).keepAlive(keepAlive).connect("held")) {
            assumeThat(connection.client.canPause()).as("Can pause").isFalse();
            connection.subscribed("a");
            long end = System.nanoTime() + keepAlive.multipliedBy(4).toNanos();
            connection.onReceived = messages -> sleepBefore(end, keepAlive.toMillis() / 3);
            publish(count, "0123456789".repeat(10), 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > end);
            assertThat(connection.count.get()).isLessThan(count);
            connection.awaitMessages(count);

            assertThat(connection.lost).isEmpty();
        }
    }

    private static void sleepBefore(long end, long millis) {
        if (System.nanoTime() < end) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void assertThatNoThreadIsLeft(String clientId) {
        await().untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .extracting(Thread::getName)
                                        .noneMatch(
                                                name ->
                                                        name.endsWith(": " + clientId)
                                                                || name.equals(
                                                                        "mqtt-client-"
                                                                                + clientId)));
    }

    private TestSettings proxied() {
        return client.settings("tcp://127.0.0.1:" + proxy.port());
    }

    private void publish(int count, int qos) throws Exception {
        try (Publisher publisher = new Publisher(mosquitto.url())) {
            for (int i = 0; i < count; i++) {
                publisher.publish("a", String.valueOf(i).getBytes(UTF_8), qos);
            }
        }
    }

    private void publish(int count, String payload, int qos) throws Exception {
        try (Publisher publisher = new Publisher(mosquitto.url())) {
            for (int i = 0; i < count; i++) {
                publisher.publish("a", payload.getBytes(UTF_8), qos);
            }
        }
    }
}
