package io.millrace.mqtt.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class MqttSinkWriterTest {
    private final FakePublishers broker = new FakePublishers();
    private final TestWriterContext context = new TestWriterContext();
    private final Configuration options = new Configuration();
    private SinkWriter<String> writer;

    @TempDir Path letters;

    @AfterEach
    void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
    }

    @Test
    void flushWaitsForTheAcknowledgements() throws Exception {
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);
        writer.write("b", null);
        CompletableFuture<Void> flushed = flush();

        publisher.acknowledge("a");
        assertThat(flushed).isNotDone();
        publisher.acknowledge("b");

        assertThat(flushed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(context.metrics.value("numRecordsSend")).isEqualTo(2);
        assertThat(context.metrics.value("mqtt.bufferedMessages")).isZero();
    }

    @Test
    void flushWithoutMessagesNeedsNoBroker() throws Exception {
        broker.refuse(MqttFailure.passing("no route", null));
        open();

        assertThat(flush()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aLostConnectionIsReplacedAndMessagesAreSentAgain() throws Exception {
        open();
        FakePublishers.Publisher first = broker.next();
        writer.write("a", null);
        writer.write("b", null);
        first.acknowledge("a");
        Publication lost = first.take();
        CompletableFuture<Void> flushed = flush();

        first.listener.lost(MqttFailure.passing("cut", null));
        FakePublishers.Publisher second = broker.next();
        // Too late: it counts for the connection that is gone.
        first.listener.acknowledged(lost);
        assertThat(flushed).isNotDone();
        second.acknowledge("b");

        assertThat(flushed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(first.closed).isTrue();
        assertThat(context.metrics.value("mqtt.retries")).isEqualTo(1);
        assertThat(context.metrics.value("numRecordsSend")).isEqualTo(2);
    }

    @Test
    void aRefusalForGoodOfTheConnectionFailsTheJobWithItsWords() throws Exception {
        broker.refuse(MqttFailure.permanent("Wrong password.", null));
        open();

        // Whichever of the two comes when the connection has been refused.
        assertThatThrownBy(
                        () -> {
                            writer.write("a", null);
                            flush().get(5, TimeUnit.SECONDS);
                        })
                .hasStackTraceContaining("MqttFailure: Wrong password.");
        assertThatThrownBy(() -> writer.write("b", null)).hasMessage("Wrong password.");
    }

    @Test
    void theJobLearnsOfItBetweenRecordsToo() throws Exception {
        broker.refuse(MqttFailure.permanent("Wrong password.", null));
        open();

        assertThatThrownBy(context.mailbox::yield).hasStackTraceContaining("Wrong password.");
    }

    @Test
    void whatTheBrokerRefusesForGoodIsADeadLetter() throws Exception {
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);
        writer.write("b", null);
        CompletableFuture<Void> flushed = flush();

        publisher.listener.refused(publisher.take(), MqttFailure.permanent("Not allowed.", null));
        publisher.acknowledge("b");

        assertThat(flushed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(letters())
                .singleElement()
                .asString()
                .contains("\"reason\":\"Not allowed.\"")
                .contains("\"topic\":\"t\"")
                .contains("\"payload\":\"a\"")
                .contains("\"rule\":\"r\"");
        assertThat(context.metrics.value("mqtt.deadLetters")).isEqualTo(1);
        assertThat(context.metrics.value("numRecordsSendErrors")).isEqualTo(1);
    }

    @Test
    void whatTheBrokerRefusesForNowIsSentAgain() throws Exception {
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);
        CompletableFuture<Void> flushed = flush();

        publisher.listener.refused(publisher.take(), MqttFailure.passing("Quota.", null));
        publisher.acknowledge("a");

        assertThat(flushed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(letters()).isEmpty();
    }

    @Test
    void aRecordThatIsNoMessageIsADeadLetter() throws Exception {
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("bad topic", null);
        writer.write("throw", null);
        writer.write("c", null);
        CompletableFuture<Void> flushed = flush();
        publisher.acknowledge("c");

        assertThat(flushed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(letters())
                .hasSize(2)
                .anySatisfy(
                        letter ->
                                assertThat(letter)
                                        .contains("it holds the wildcard #")
                                        .contains("\"record\":\"bad topic\""))
                .anySatisfy(letter -> assertThat(letter).contains("cannot encode"));
    }

    @Test
    void failFailsTheJobOnADeadLetter() throws Exception {
        options.set(MqttOptions.SINK_DEAD_LETTER, "fail");
        open();

        assertThatThrownBy(() -> writer.write("throw", null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot encode");
    }

    @Test
    void writingWaitsAtTheBoundAndNoLonger() throws Exception {
        options.set(MqttOptions.SINK_MAX_BUFFERED_MESSAGES, 2);
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);
        writer.write("b", null);
        CompletableFuture<Void> third = run(() -> writer.write("c", null));

        await().during(Duration.ofMillis(100)).until(() -> !third.isDone());
        publisher.acknowledge("a");

        assertThat(third).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void noMoreAreInFlightThanTheBrokerAllows() throws Exception {
        broker.setReceiveMaximum(2);
        open();
        FakePublishers.Publisher publisher = broker.next();
        for (String payload : List.of("a", "b", "c", "d")) {
            writer.write(payload, null);
        }

        await().until(() -> publisher.waiting() == 2);
        assertThat(context.metrics.value("mqtt.inFlight")).isEqualTo(2);
        publisher.acknowledge("a");
        publisher.acknowledge("b");
        publisher.acknowledge("c");
        publisher.acknowledge("d");
        assertThat(flush()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void qos0WaitsForTheSocketOnly() throws Exception {
        options.set(MqttOptions.SINK_QOS, 0);
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);

        assertThat(flush()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(publisher.take().message().qos()).isZero();
        assertThat(context.metrics.value("numRecordsSend")).isEqualTo(1);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsLeft() throws Exception {
        options.set(MqttOptions.OPERATION_TIMEOUT, Duration.ofMillis(200));
        open();
        FakePublishers.Publisher first = broker.next();
        writer.write("a", null);
        first.take();

        broker.next().acknowledge("a");

        assertThat(flush()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(first.closed).isTrue();
    }

    @Test
    void afterConnectionsWithoutAnAnswerOneMessageIsSentAlone() throws Exception {
        open();
        FakePublishers.Publisher publisher = broker.next();
        writer.write("a", null);
        writer.write("b", null);
        for (int i = 0; i < 3; i++) {
            FakePublishers.Publisher cut = publisher;
            await().until(() -> cut.waiting() > 0);
            publisher.listener.lost(MqttFailure.passing("cut", null));
            publisher = broker.next();
        }

        FakePublishers.Publisher last = publisher;
        await().during(Duration.ofMillis(100)).until(() -> last.waiting() == 1);
        last.acknowledge("a");
        last.acknowledge("b");
        assertThat(flush()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void twoSinksOfAJobHaveClientIdsOfTheirOwn() throws Exception {
        open();
        String first = broker.next().clientId;
        writer.close();
        context.operator = "another";
        open();

        assertThat(first).matches("p-sink-[0-9a-f]{8}-0");
        assertThat(broker.next().clientId).matches("p-sink-[0-9a-f]{8}-0").isNotEqualTo(first);
    }

    private void open() throws Exception {
        options.set(MqttOptions.URL, "tcp://fake");
        options.set(MqttOptions.TOPIC, "t");
        options.set(MqttOptions.CLIENT_ID_PREFIX, "p");
        options.set(MqttOptions.SINK_RULE, "r");
        options.set(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(1));
        options.set(MqttOptions.RECONNECT_MAX_DELAY, Duration.ofMillis(2));
        if (!options.contains(MqttOptions.SINK_DEAD_LETTER)) {
            options.set(MqttOptions.SINK_DEAD_LETTER, "file:" + letters);
        }
        Problems problems = new Problems();
        MqttSinkSettings settings = MqttSinkSettings.read(options, null, problems);
        problems.throwIfAny(IllegalArgumentException::new);
        writer =
                new MqttSink<String>(settings, MqttSinkWriterTest::encode, broker)
                        .createWriter(context);
    }

    private static void encode(String record, OutgoingMessage.Builder message) {
        if (record.equals("throw")) {
            throw new IllegalStateException("cannot encode");
        }
        if (record.equals("bad topic")) {
            message.topic("a/#");
        }
        message.payload(record);
    }

    private CompletableFuture<Void> flush() {
        return run(() -> writer.flush(false));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> run(Action action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                action.run();
                                done.complete(null);
                            } catch (Exception e) {
                                done.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return done.orTimeout(15, TimeUnit.SECONDS);
    }

    private List<String> letters() throws IOException {
        try (Stream<Path> files = Files.list(letters)) {
            Path file = files.findFirst().orElse(null);
            return file == null ? List.of() : Files.readAllLines(file);
        }
    }
}
