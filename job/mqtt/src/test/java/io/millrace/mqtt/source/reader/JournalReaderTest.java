package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos0;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.JournalSettings;
import io.millrace.mqtt.source.journal.Journal;
import io.millrace.mqtt.source.journal.JournalFolder;
import io.millrace.mqtt.source.journal.Replay;
import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that acknowledges what is in its journal. */
class JournalReaderTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final MqttSplit FRESH = new MqttSplit("client-0", ReaderUnderTest.FILTER);

    @TempDir Path folder;

    private ReaderUnderTest reader = new ReaderUnderTest();

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void acknowledgesWhatIsInTheJournalThoughNoCheckpointHasCompleted() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));

        await().untilAsserted(() -> assertThat(client.acknowledged).containsExactly(1, 2));
        assertThat(journalled()).containsExactly("a", "b");
        assertThat(reader.pollRecords(2)).containsExactly("a", "b");
    }

    @Test
    void acknowledgesNothingOnceAnotherAttemptHasTakenOver() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a")));
        await().until(() -> !client.acknowledged.isEmpty());
        try (Journal newer = settings().open("client-0", 0)) {
            assertThat(newer.last()).isEqualTo(1);
            client.listener.received(List.of(qos1(1, 2, "b")));

            assertThatThrownBy(() -> reader.pollUntil(() -> false))
                    .hasStackTraceContaining("another attempt (number 2) has taken over");
        }
        await().until(() -> client.closed);
        assertThat(client.acknowledged).containsExactly(1);
        assertThat(reader.emitted()).doesNotContain("b");
    }

    @Test
    void holdsWhatIsNotEmittedAndNotWhatIsAcknowledged() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));
        await().until(() -> client.acknowledged.size() == 2);

        assertThat(reader.gauge("mqtt", "unackedMessages")).isEqualTo(2L);
        reader.pollRecords(2);
        assertThat(reader.gauge("mqtt", "unackedMessages")).isEqualTo(0L);
        assertThat((long) reader.gauge("mqtt", "journalBytes")).isGreaterThan(100);
        assertThat((long) reader.gauge("mqtt", "journalSyncTime")).isBetween(0L, 10_000L);
    }

    @Test
    void takesNoMoreThanTheBoundUntilItIsEmitted() throws Exception {
        FakeClients.Client client =
                open(FRESH, options -> options.set(MqttOptions.SCAN_MAX_UNACKED_MESSAGES, 3));
        Thread broker =
                new Thread(
                        () -> {
                            for (int id = 1; id <= 9; id++) {
                                client.listener.received(List.of(qos1(1, id, "m" + id)));
                            }
                        });
        broker.start();

        await().until(() -> client.acknowledged.size() == 3);
        await().until(() -> broker.getState() == Thread.State.TIMED_WAITING);
        assertThat(client.acknowledged).hasSize(3);
        assertThat(reader.pollRecords(9)).hasSize(9);
        broker.join();
    }

    @Test
    void messagesOfQos0KeepTheirPlaceAndAreNotWritten() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos0(1, "a"), qos1(1, 1, "b"), qos0(1, "c")));

        assertThat(reader.pollRecords(3)).containsExactly("a", "b", "c");
        assertThat(journalled()).containsExactly("b");
        assertThat(position(reader.snapshot(1))).isEqualTo(1);
    }

    @Test
    void replaysAllThatIsThereBeforeWhatIsNew() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));
        await().until(() -> client.acknowledged.size() == 2);
        restart();
        reader.broker.deliver(qos1(1, 1, "new"));
        open(FRESH);

        assertThat(reader.pollRecords(3)).containsExactly("a", "b", "new");
        assertThat(reader.counter("replayedMessages")).isEqualTo(2);
        assertThat(reader.gauge("mqtt", "unackedMessages")).isEqualTo(0L);
    }

    @Test
    void goesOnBehindTheRestoredState() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a")));
        reader.pollRecords(1);
        List<MqttSplit> first = reader.snapshot(1);
        client.listener.received(List.of(qos1(1, 2, "b")));
        reader.pollRecords(2);
        List<MqttSplit> second = reader.snapshot(2);
        client.listener.received(List.of(qos1(1, 3, "c")));
        await().until(() -> client.acknowledged.size() == 3);
        reader.complete(2);
        assertThat(position(first)).isEqualTo(1);
        assertThat(position(second)).isEqualTo(2);

        restart();
        open(second.get(0));
        assertThat(reader.pollRecords(1)).containsExactly("c");
        restart();
        open(first.get(0));
        assertThat(reader.pollRecords(2)).containsExactly("b", "c");
    }

    @Test
    void withoutStateGoesOnBehindTheNewestCompletedCheckpoint() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a")));
        reader.pollRecords(1);
        reader.snapshot(1);
        client.listener.received(List.of(qos1(1, 2, "b")));
        reader.pollRecords(2);
        reader.snapshot(2);
        reader.complete(1);

        restart();
        open(FRESH);
        assertThat(reader.pollRecords(1)).containsExactly("b");
    }

    @Test
    void aCheckpointBeforeTheFirstMessageIsWhereTheSessionBegan() throws Exception {
        FakeClients.Client client = open(FRESH);
        client.listener.received(List.of(qos1(1, 1, "a")));
        reader.pollRecords(1);
        reader.snapshot(1);
        reader.complete(1);
        restart();
        open(FRESH);

        assertThat(position(reader.snapshot(1))).isEqualTo(1);
    }

    @Test
    void whatIsInTheJournalAndComesAgainIsEmittedAgain() throws Exception {
        FakeClients.Client first = open(FRESH);
        first.listener.received(List.of(qos1(1, 1, "a")));
        await().until(() -> !first.acknowledged.isEmpty());
        FakeClients.Client second = reader.cut(first, true);
        await().until(() -> !second.subscribed.isEmpty());
        second.listener.received(List.of(qos1(2, 1, "a")));

        assertThat(reader.pollRecords(2)).containsExactly("a", "a");
    }

    @Test
    void aSessionThatIsGivenUpEndsWhenACheckpointHasAllOfIt() throws Exception {
        reader.broker.setSessionPresent(true);
        reader.broker.deliver(qos1(1, 1, "a"));
        FakeClients.Client client = open(FRESH.draining(true));
        reader.pollRecords(1);
        reader.snapshot(1);
        await().until(() -> client.acknowledged.size() == 1);
        await().during(SHORT.multipliedBy(10)).until(() -> !client.ended);
        reader.complete(1);

        reader.pollUntil(() -> client.ended);
        await().until(() -> Files.exists(folder.resolve("client-0/ended")));
        reader.pollUntil(() -> reader.snapshot(2).isEmpty());
    }

    @Test
    void doesNotStartWithoutItsFolder() {
        assertThatThrownBy(
                        () ->
                                reader.open(
                                        FRESH,
                                        SHORT,
                                        options -> {
                                            journal(options);
                                            options.set(
                                                    MqttOptions.SCAN_JOURNAL_PATH,
                                                    "file:/not/there");
                                        }))
                .hasMessageContaining("Option 'scan.journal.path' is 'file:/not/there'")
                .hasMessageContaining("no such folder on this machine. Make it, or mount it");
    }

    private FakeClients.Client open(MqttSplit split) throws Exception {
        return open(split, options -> {});
    }

    private FakeClients.Client open(MqttSplit split, Consumer<Configuration> more)
            throws Exception {
        return reader.open(
                split,
                SHORT,
                options -> {
                    journal(options);
                    more.accept(options);
                });
    }

    private void journal(Configuration options) {
        options.set(MqttOptions.SCAN_ACK_MODE, AckMode.JOURNAL);
        options.set(MqttOptions.SCAN_JOURNAL_PATH, "file:" + folder);
    }

    /** Another attempt, with what a test says was restored. */
    private void restart() throws Exception {
        reader.close();
        reader = new ReaderUnderTest();
    }

    private JournalFolder settings() throws Exception {
        return JournalFolder.of(new JournalSettings("file:" + folder, Duration.ofDays(1)));
    }

    /**
     * What an attempt would find that starts without state, when the reader is no longer needed.
     */
    private List<String> journalled() throws Exception {
        Path copy = folder.resolve("copy");
        Files.createDirectory(copy);
        try (Stream<Path> files = Files.list(folder.resolve("client-0"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (Journal journal = settings().open("copy", 0);
                Replay replay = journal.replay()) {
            return replay.next(100, 100_000).stream()
                    .map(message -> new String(message.payload(), UTF_8))
                    .toList();
        }
    }

    private static long position(List<MqttSplit> state) {
        assertThat(state).hasSize(1);
        assertThat(state.get(0).unconfirmed()).isEqualTo(UnconfirmedMessages.NONE);
        return state.get(0).position();
    }
}
