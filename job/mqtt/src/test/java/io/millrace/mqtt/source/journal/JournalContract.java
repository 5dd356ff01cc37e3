package io.millrace.mqtt.source.journal;

import static io.millrace.mqtt.source.journal.JournalMessages.message;
import static io.millrace.mqtt.source.journal.JournalMessages.positions;
import static io.millrace.mqtt.source.journal.JournalMessages.range;
import static io.millrace.mqtt.source.journal.JournalMessages.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.client.ReceivedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does, on any storage. */
abstract class JournalContract {
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final long SMALL = 400;

    @TempDir Path folder;

    private JournalStorage storage;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    abstract JournalStorage storage(Path folder);

    @BeforeEach
    void open() {
        storage = storage(folder);
    }

    @Test
    void replaysWhatEarlierAttemptsLeft() throws Exception {
        try (Journal first = open(0)) {
            assertThat(positions(first)).isEmpty();
            assertThat(first.append(message("a")).position()).isEqualTo(1);
            assertThat(first.append(message("b")).position()).isEqualTo(2);
            first.commit();
        }
        try (Journal second = open(0)) {
            assertThat(second.append(message("c")).position()).isEqualTo(3);
            second.commit();
            assertThat(positions(second)).containsExactly(1L, 2L);
        }
        try (Journal third = open(0);
                Replay replay = third.replay()) {
            assertThat(replay.next(10, 10_000))
                    .extracting(message -> new String(message.payload(), UTF_8))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void aReplayedMessageHasNothingToAcknowledge() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 1);
        }
        try (Journal journal = open(0);
                Replay replay = journal.replay()) {
            ReceivedMessage message = replay.next(1, 1).get(0);
            assertThat(message.epoch()).isZero();
            assertThat(message.packetId()).isZero();
            assertThat(message.receivedAt()).isEqualTo(1_000);
        }
    }

    @Test
    void replaysInPieces() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 10);
        }
        try (Journal journal = open(0);
                Replay replay = journal.replay()) {
            assertThat(replay.next(4, 10_000)).hasSize(4);
            assertThat(replay.next(100, 300)).hasSize(2);
            assertThat(replay.next(100, 10_000)).hasSize(4);
            assertThat(replay.isOver()).isTrue();
            assertThat(replay.next(100, 10_000)).isEmpty();
            assertThat(replay.missing()).isZero();
        }
    }

    @Test
    void beginsBehindTheRestoredState() throws Exception {
        try (Journal journal = open(0, SMALL)) {
            writeOneByOne(journal, 20);
            assertThat(segments()).hasSizeGreaterThan(2);
        }
        for (long state = 1; state <= 20; state++) {
            try (Journal journal = open(state)) {
                assertThat(positions(journal)).containsExactly(range(state + 1, 20));
            }
        }
    }

    @Test
    void withoutStateBeginsBehindTheNewestCheckpoint() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 20);
            journal.covered(5);
            journal.covered(12);
        }
        try (Journal journal = open(0)) {
            assertThat(journal.from()).isEqualTo(12);
            assertThat(positions(journal)).containsExactly(range(13, 20));
        }
    }

    @Test
    void aCheckpointMarkThatWasNotWrittenWholeCountsForNothing() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 20);
            journal.covered(12);
        }
        storage.create("0000000001-0000000009.marker").close();

        try (Journal journal = open(0)) {
            assertThat(positions(journal)).containsExactly(range(13, 20));
        }
    }

    @Test
    void anOlderSavepointSetsTheMarkBack() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 20);
            journal.covered(12);
        }
        try (Journal journal = open(5)) {
            assertThat(positions(journal)).containsExactly(range(6, 20));
            assertThat(journal.append(message("new")).position()).isEqualTo(21);
            journal.commit();
        }
        try (Journal journal = open(0)) {
            assertThat(positions(journal)).containsExactly(range(6, 21));
        }
    }

    @Test
    void deletesWhatACheckpointCoversOnceItIsOldEnough() throws Exception {
        try (Journal journal = open(0, SMALL)) {
            writeOneByOne(journal, 20);
            int before = segments().size();
            journal.covered(20);
            assertThat(segments()).hasSize(before);

            now = now.plus(RETENTION);
            journal.covered(1);
            assertThat(segments()).hasSize(before);
            journal.covered(20);
            assertThat(segments()).hasSize(1);
            assertThat(journal.bytes()).isLessThan(2 * SMALL);
        }
        // The newest file tells where to go on.
        try (Journal journal = open(20)) {
            assertThat(positions(journal)).isEmpty();
            assertThat(journal.append(message("new")).position()).isEqualTo(21);
        }
    }

    @Test
    void countsWhatIsMissing() throws Exception {
        try (Journal journal = open(0, SMALL)) {
            writeOneByOne(journal, 20);
            now = now.plus(RETENTION);
            journal.covered(10);
        }
        long first = segments().get(0).first();
        assertThat(first).isGreaterThan(4);
        try (Journal journal = open(2);
                Replay replay = journal.replay()) {
            assertThat(replay.next(100, 100_000).get(0).position()).isEqualTo(first);
            assertThat(replay.missing()).isEqualTo(first - 3);
        }
    }

    @Test
    void goesOnBehindAStateOfAnotherFolder() throws Exception {
        try (Journal journal = open(500)) {
            assertThat(journal.append(message("a")).position()).isEqualTo(501);
            journal.commit();
        }
        try (Journal journal = open(500)) {
            assertThat(positions(journal)).containsExactly(501L);
        }
    }

    @Test
    void ofTwoAttemptsOnlyTheNewerOneMayAcknowledge() throws Exception {
        try (Journal older = open(0)) {
            write(older, 3);
            older.append(message("on the way"));
            try (Journal newer = open(0)) {
                assertThatThrownBy(older::commit)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("another attempt (number 2) has taken over")
                        .hasMessageContaining("this one (number 1) acknowledges nothing more")
                        .hasMessageContaining("'client-id.prefix'");
                assertThat(positions(newer)).containsExactly(1L, 2L, 3L);
                write(newer, 2);
            }
            assertThatThrownBy(older::commit).hasMessageContaining("another attempt");
        }
        // What the older one wrote too late is at positions that the newer one uses.
        try (Journal third = open(0);
                Replay replay = third.replay()) {
            assertThat(replay.next(100, 100_000))
                    .extracting(message -> new String(message.payload(), UTF_8))
                    .containsExactly("?", "?", "?", "?", "?");
        }
    }

    @Test
    void aFileThatAnOlderAttemptBeganTooLateCountsForNothing() throws Exception {
        try (Journal older = open(0, 1)) {
            write(older, 3);
            try (Journal newer = open(0)) {
                write(newer, 2);
                assertThatThrownBy(() -> write(older, 1)).hasMessageContaining("another attempt");
                assertThat(segments()).hasSize(3);
            }
        }
        try (Journal third = open(0)) {
            assertThat(positions(third)).containsExactly(range(1, 5));
            third.covered(1);
            assertThat(segments()).hasSize(2);
        }
    }

    @Test
    void whatWasAcknowledgedIsNeverLostBetweenAttempts() throws Exception {
        // The newer attempt comes before, between and behind append and commit.
        for (int step = 0; step < 3; step++) {
            storage = storage(folder.resolve("step" + step));
            List<Journal> newer = new ArrayList<>();
            long acknowledged = 1;
            try (Journal older = open(0)) {
                write(older, 1);
                openIf(step == 0, newer);
                older.append(message("x"));
                openIf(step == 1, newer);
                older.commit();
                acknowledged = 2;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("another attempt");
            }
            openIf(step == 2, newer);
            assertThat(acknowledged).isEqualTo(step == 2 ? 2 : 1);
            assertThat(positions(newer.get(0))).contains(range(1, acknowledged));
            newer.get(0).close();
        }
    }

    private void openIf(boolean now, List<Journal> journals) throws IOException {
        if (now) {
            journals.add(open(0));
        }
    }

    @Test
    void aFolderThatIsRemovedMeanwhileIsNoticed() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 1);
            JournalStorage claims = storage.folder("attempts");
            claims.delete(claims.list().get(0).name());
            assertThatThrownBy(() -> write(journal, 1)).hasMessageContaining("was removed");
        }
    }

    @Test
    void oldClaimsAreForgotten() throws Exception {
        for (int i = 0; i < 5; i++) {
            open(0).close();
        }
        assertThat(storage.folder("attempts").list())
                .extracting(JournalStorage.StoredFile::name)
                .containsExactly("0000000005");
        assertThat(segments()).isEmpty();
    }

    private static void writeOneByOne(Journal journal, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(journal, 1);
        }
    }

    Journal open(long state) throws IOException {
        return open(state, Long.MAX_VALUE);
    }

    private Journal open(long state, long segmentBytes) throws IOException {
        return Journal.open(storage, () -> now, RETENTION, segmentBytes, state);
    }

    private List<SegmentName> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> SegmentName.parse(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }
}
