package io.millrace.mqtt.source.journal;

import static io.millrace.mqtt.source.journal.JournalMessages.positions;
import static io.millrace.mqtt.source.journal.JournalMessages.range;
import static io.millrace.mqtt.source.journal.JournalMessages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash leaves a torn tail, which is cut off; all else that is wrong with a file is told. */
class DamageTest {
    @TempDir Path folder;

    @Test
    void aTailThatIsTornAtAnyByteIsCutOff() throws Exception {
        byte[] synced = afterWriting(1, 1);
        byte[] all = afterWriting(1, 1, 2);
        // The file of the attempt is overwritten as the crash would have left it.
        for (int length = synced.length; length < all.length; length++) {
            restore(Arrays.copyOf(all, length));
            try (Journal journal = open(0)) {
                assertThat(positions(journal)).startsWith(range(1, 2)).hasSizeLessThan(4);
                write(journal, 1);
            }
            try (Journal journal = open(0)) {
                assertThat(positions(journal)).isEqualTo(Arrays.asList(range(1, journal.last())));
            }
        }
    }

    @Test
    void holesInWhatWasNotSyncedAreATornTail() throws Exception {
        byte[] synced = afterWriting(1, 1);
        byte[] all = afterWriting(1, 1, 2);
        for (int at = synced.length; at < all.length; at++) {
            byte[] torn = all.clone();
            torn[at] ^= 0x55;
            restore(torn);
            try (Journal journal = open(0)) {
                assertThat(positions(journal)).startsWith(range(1, 2)).hasSizeLessThan(4);
            }
        }
    }

    @Test
    void aByteThatChangedInWhatWasSyncedIsDamage() throws Exception {
        byte[] before = afterWriting(1, 1);
        byte[] all = afterWriting(1, 1, 2);
        for (int at = SegmentHeader.LENGTH; at < before.length; at++) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x55;
            restore(damaged);
            assertThatThrownBy(() -> open(0))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedJournalException.class)
                    .hasMessageContaining(".journal' in the journal's folder '" + folder)
                    .hasMessageMatching("(?s).*is damaged at offset \\d+, where the message at.*")
                    .hasMessageContaining("restore the file from a backup");
        }
    }

    @Test
    void aHeaderThatChangedIsDamage() throws Exception {
        byte[] all = afterWriting(1);
        for (int at = 12; at < SegmentHeader.LENGTH; at++) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x55;
            restore(damaged);
            assertThatThrownBy(() -> open(0)).hasMessageContaining("is damaged at offset 0");
        }
    }

    @Test
    void aFileWhoseHeaderWasNotSyncedIsNoLoss() throws Exception {
        byte[] all = afterWriting(1);
        for (int length = 0; length < SegmentHeader.LENGTH; length++) {
            restore(Arrays.copyOf(all, length));
            try (Journal journal = open(0)) {
                assertThat(positions(journal)).isEmpty();
                write(journal, 1);
                assertThat(journal.last()).isEqualTo(1);
            }
        }
    }

    @Test
    void anEarlierFileThatIsCutShortIsDamage() throws Exception {
        byte[] all = afterWriting(1, 1);
        Path first = file();
        try (Journal journal = open(0)) {
            write(journal, 1);
        }
        for (int length = SegmentHeader.LENGTH; length < all.length; length++) {
            Files.write(first, Arrays.copyOf(all, length));
            try (Journal journal = open(0)) {
                assertThatThrownBy(() -> positions(journal))
                        .isInstanceOf(DamagedJournalException.class)
                        .hasMessageContaining(first.getFileName().toString());
            }
        }
        Files.write(first, all);
        try (Journal journal = open(0)) {
            assertThat(positions(journal)).containsExactly(range(1, 3));
        }
    }

    @Test
    void aFileThatWasMovedAwayIsAGapThatIsCounted() throws Exception {
        try (Journal journal = open(0)) {
            write(journal, 3);
        }
        try (Journal journal = open(0)) {
            write(journal, 4);
        }
        Path second = file();
        try (Journal journal = open(0)) {
            write(journal, 5);
        }
        Files.delete(second);

        try (Journal journal = open(0);
                Replay replay = journal.replay()) {
            assertThat(replay.next(100, 100_000))
                    .extracting(ReceivedMessage::position)
                    .containsExactly(1L, 2L, 3L, 8L, 9L, 10L, 11L, 12L);
            assertThat(replay.missing()).isEqualTo(4);
        }
    }

    @Test
    void aPayloadThatLooksLikeARecordChangesNothing() throws Exception {
        byte[] looksLikeRecords = afterWriting(1, 1, 2);
        restore(new byte[0]);
        Files.delete(file());
        byte[] all;
        try (Journal journal = open(0)) {
            write(journal, 1);
            journal.append(carrying(looksLikeRecords));
            journal.commit();
            all = Files.readAllBytes(file());
        }
        // In the length of the payload.
        all[all.length - looksLikeRecords.length - 1] ^= 1;
        restore(all);

        try (Journal journal = open(0)) {
            assertThat(positions(journal)).containsExactly(1L);
        }
    }

    private static ReceivedMessage carrying(byte[] payload) {
        return new ReceivedMessage(1, 1, "t", payload, 1, false, false, 0, MessageProperties.NONE);
    }

    /** The bytes of a file to which groups of so many messages were written. */
    private byte[] afterWriting(int... groups) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (Journal journal = open(0)) {
            for (int group : groups) {
                write(journal, group);
            }
        }
        return Files.readAllBytes(file());
    }

    /** Puts a file in place of all that later attempts made. */
    private void restore(byte[] bytes) throws IOException {
        List<Path> files = files();
        for (int i = 1; i < files.size(); i++) {
            Files.delete(files.get(i));
        }
        Files.write(
                files.isEmpty()
                        ? folder.resolve(new SegmentName(1, 1, 1_767_225_600_000L).file())
                        : files.get(0),
                bytes);
    }

    private Journal open(long state) throws IOException {
        return Journal.open(
                new LocalStorage(folder),
                InstantSource.system(),
                Duration.ofHours(1),
                Long.MAX_VALUE,
                state);
    }

    /** The newest file of messages. */
    private Path file() throws IOException {
        List<Path> files = files();
        return files.get(files.size() - 1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
        }
    }
}
