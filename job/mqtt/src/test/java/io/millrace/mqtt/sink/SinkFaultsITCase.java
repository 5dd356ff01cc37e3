package io.millrace.mqtt.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.Subscriber;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.ReceivedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs that publish while things break. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
class SinkFaultsITCase {
    private static final int TOPICS = 3;

    /** How far the job may go, and how often it still fails, by the test's name. */
    private static final Map<String, AtomicInteger> ALLOWED = new ConcurrentHashMap<>();

    private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path folder;

    private Mosquitto mosquitto;
    private Subscriber subscriber;
    private String name;
    private JobClient job;

    @BeforeEach
    void start(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        ALLOWED.put(name, new AtomicInteger());
        FAILURES.put(name, new AtomicInteger());
    }

    @AfterEach
    void stop() throws Exception {
        ALLOWED.get(name).set(Integer.MAX_VALUE);
        if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        if (subscriber != null) {
            subscriber.close();
        }
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Test
    void losesNothingWhenTheBrokerIsStoppedAndComesBack() throws Exception {
        startBroker();
        run(mosquitto.url(), 9_000, sink -> {});
        for (int round = 1; round <= 3; round++) {
            ALLOWED.get(name).set(round * 3_000);
            awaitNumber(round * 3_000 - 2_000);
            mosquitto.restart();
        }

        awaitAll(9_000);
    }

    @Test
    void losesNothingWhenTheBrokerIsKilledAndComesBack() throws Exception {
        // Otherwise the broker would forget the subscriber's session, and with it messages.
        startBroker("autosave_interval 1");
        run(mosquitto.url(), 900, sink -> {});
        for (int round = 1; round <= 3; round++) {
            ALLOWED.get(name).set(round * 300);
            awaitNumber(round * 300 - 200);
            mosquitto.kill();
            mosquitto.start();
        }

        awaitAll(900);
    }

    @Test
    void losesNothingWhenConnectionsAreCut() throws Exception {
        startBroker();
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port())) {
            run("tcp://127.0.0.1:" + proxy.port(), 8_000, sink -> {});
            for (int round = 1; round <= 4; round++) {
                ALLOWED.get(name).set(round * 2_000);
                awaitNumber(round * 2_000 - 1_500);
                proxy.cut();
            }

            awaitAll(8_000);
            assertThat(proxy.accepted()).isGreaterThan(2);
        }
    }

    @Test
    void losesNothingWithMqtt311WhenConnectionsAreCut() throws Exception {
        startBroker();
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port())) {
            run(
                    "tcp://127.0.0.1:" + proxy.port(),
                    4_000,
                    sink -> sink.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1));
            ALLOWED.get(name).set(2_000);
            awaitNumber(500);
            proxy.cut();
            ALLOWED.get(name).set(4_000);

            awaitAll(4_000);
        }
    }

    @Test
    void losesNothingWhenTheJobFails() throws Exception {
        startBroker();
        FAILURES.get(name).set(3);
        run(mosquitto.url(), 8_000, sink -> {});
        ALLOWED.get(name).set(8_000);

        awaitAll(8_000);
        assertThat(FAILURES.get(name)).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void aBrokerThatIsAwayHoldsTheJobAndNotMore() throws Exception {
        startBroker();
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port())) {
            proxy.refuse();
            run(
                    "tcp://127.0.0.1:" + proxy.port(),
                    3_000,
                    sink -> sink.set(MqttOptions.SINK_MAX_BUFFERED_MESSAGES, 100));
            ALLOWED.get(name).set(3_000);
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !job.getJobStatus().get().isGloballyTerminalState());
            proxy.admit();

            awaitAll(3_000);
        }
    }

    @Test
    void takesWhatASmallWindowOfTheBrokerAllows() throws Exception {
        startBroker("max_inflight_messages 1");
        run(mosquitto.url(), 500, sink -> {});
        ALLOWED.get(name).set(500);

        awaitAll(500);
        assertNoneTwice();
    }

    @Test
    void publishesToABrokerWithoutLimits() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().start()) {
            subscriber = new Subscriber(broker.url(), "out/#");
            run(broker.url(), 20_000, sink -> {});
            ALLOWED.get(name).set(20_000);

            awaitAll(20_000);
            assertNoneTwice();
            subscriber.close();
        }
    }

    @Test
    void topicsThatTheBrokerRefusesAreDeadLettersAndOthersGoOn() throws Exception {
        Path acl = folder.resolve("acl");
        Files.writeString(acl, "topic readwrite out/0\ntopic readwrite out/2\ntopic read out/#\n");
        startBroker("acl_file " + acl);
        run(
                mosquitto.url(),
                300,
                sink -> sink.set(MqttOptions.SINK_DEAD_LETTER, "file:" + folder.resolve("dead")));
        ALLOWED.get(name).set(300);

        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.messages().size() >= 200);
        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        assertThat(letters())
                .hasSize(100)
                .allSatisfy(
                        letter ->
                                assertThat(letter)
                                        .contains("does not allow this user to publish to it")
                                        .contains("\"topic\":\"out/1\""));
    }

    @Test
    void messagesThatAreTooLongForTheBrokerAreDeadLetters() throws Exception {
        startBroker("max_packet_size 1000");
        run(
                mosquitto.url(),
                30,
                sink ->
                        sink.set(MqttOptions.SINK_DEAD_LETTER, "file:" + folder.resolve("dead"))
                                .set(
                                        MqttOptions.SINK_USER_PROPERTIES,
                                        Map.of("filling", "x".repeat(1_000))));
        ALLOWED.get(name).set(30);

        job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
        assertThat(letters())
                .hasSize(30)
                .allSatisfy(letter -> assertThat(letter).contains("takes 1000 at most"));
    }

    @Test
    void deadLettersToATopicArriveEvenIfTheBrokerWasAway() throws Exception {
        startBroker();
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port());
                Subscriber letters = new Subscriber(mosquitto.url(), "dead/letters")) {
            run(
                    "tcp://127.0.0.1:" + proxy.port(),
                    2_000,
                    sink ->
                            sink.set(MqttOptions.SINK_DEAD_LETTER, "topic:dead/letters")
                                    .setEncoder(
                                            (number, message) -> {
                                                if (number % 10 == 0) {
                                                    throw new IllegalStateException(
                                                            "ten " + number);
                                                }
                                                message.topic("out/" + number % TOPICS)
                                                        .payload(Long.toString(number));
                                            }));
            ALLOWED.get(name).set(1_000);
            awaitNumber(501);
            proxy.cut();
            ALLOWED.get(name).set(2_000);
            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(new HashSet<>(reasons(letters)))
                                            .containsAll(
                                                    IntStream.range(0, 200)
                                                            .mapToObj(i -> "ten " + i * 10)
                                                            .toList()));
        }
    }

    private static List<String> reasons(Subscriber letters) {
        return letters.texts().stream()
                .map(letter -> letter.replaceFirst(".*\"reason\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private void startBroker(String... overrides) throws InterruptedException {
        mosquitto = Mosquitto.in(folder, overrides).start();
        subscriber = new Subscriber(mosquitto.url(), "out/#");
    }

    /** Publishes the numbers up to a bound, as far as the test allows. */
    private void run(String url, int numbers, Consumer<MqttSinkBuilder<Long>> more)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.enableCheckpointing(100);
        environment.setParallelism(1);
        MqttSinkBuilder<Long> sink =
                MqttSink.<Long>builder()
                        .setUrl(url)
                        .setClientIdPrefix("job")
                        .setEncoder(
                                (number, message) ->
                                        message.topic("out/" + number % TOPICS)
                                                .payload(Long.toString(number)))
                        .set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(20))
                        .set(MqttOptions.RECONNECT_MAX_DELAY, Duration.ofMillis(200));
        more.accept(sink);
        String test = name;
        environment
                .fromSequence(0, numbers - 1)
                .map(number -> pace(test, number))
                .sinkTo(sink.build());
        job = environment.executeAsync(name);
    }

    /** Waits until the test allows a number, and fails at some if the test wants that. */
    private static Long pace(String test, long number) throws InterruptedException {
        while (number >= ALLOWED.get(test).get()) {
            Thread.sleep(1);
        }
        if (number % 2_000 == 1_999 && FAILURES.get(test).getAndDecrement() > 0) {
            throw new IllegalStateException("wanted by the test");
        }
        if (number % 100 == 0) {
            // So that checkpoints come between.
            Thread.sleep(1);
        }
        return number;
    }

    private void awaitNumber(int number) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> subscriber.texts().contains(Integer.toString(number)));
    }

    /** All numbers have come, in the order of each topic, but for repetitions. */
    private void awaitAll(int numbers) throws Exception {
        job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
        Set<String> wanted =
                IntStream.range(0, numbers).mapToObj(Integer::toString).collect(Collectors.toSet());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Set.copyOf(subscriber.texts())).isEqualTo(wanted));
        Map<String, Long> last = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (ReceivedMessage message : subscriber.messages()) {
            long number = Long.parseLong(new String(message.payload(), StandardCharsets.UTF_8));
            if (seen.add(number)) {
                assertThat(number).isGreaterThan(last.getOrDefault(message.topic(), -1L));
                last.put(message.topic(), number);
            }
        }
    }

    private void assertNoneTwice() {
        List<String> texts = subscriber.texts();
        assertThat(texts).hasSize(Set.copyOf(texts).size());
    }

    private List<String> letters() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("dead"))) {
            return files.flatMap(SinkFaultsITCase::lines).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
