package io.millrace.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path folder;
    private final List<String> notes = new ArrayList<>();

    private Path checkpoint(String name, long number, int minutesPastNoon) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Path metadata = checkpoint.resolve("_metadata");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(metadata))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(number, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.from(NOON.plusSeconds(60L * minutesPastNoon)));
        return checkpoint;
    }

    private Optional<RetainedCheckpoint> newest() throws IOException {
        return new CheckpointStore(folder).newest(notes::add);
    }

    @Test
    void findsNothingBeforeTheFirstRun() throws IOException {
        assertThat(new CheckpointStore(folder.resolve("missing")).newest(notes::add)).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void findsTheNewestOfAllRuns() throws IOException {
        checkpoint("aaaa/chk-900", 900, 1);
        Path newest = checkpoint("bbbb/chk-7", 7, 3);
        checkpoint("bbbb/chk-6", 6, 2);

        assertThat(newest()).contains(new RetainedCheckpoint(newest, 7, NOON.plusSeconds(180)));
    }

    @Test
    void takesTheHigherNumberOfEqualTimes() throws IOException {
        checkpoint("aaaa/chk-9", 9, 1);
        Path newest = checkpoint("aaaa/chk-10", 10, 1);

        assertThat(newest().map(RetainedCheckpoint::folder)).contains(newest);
    }

    @Test
    void takesTheSavepointOfACleanStop() throws IOException {
        checkpoint("aaaa/chk-9", 9, 1);
        Path savepoint = checkpoint("savepoint-aaaa-1234", 10, 2);

        assertThat(newest().map(RetainedCheckpoint::folder)).contains(savepoint);
    }

    @Test
    void skipsACheckpointThatWasNotCompleted() throws IOException {
        Path complete = checkpoint("aaaa/chk-9", 9, 1);
        Files.createDirectories(folder.resolve("aaaa/chk-10"));

        assertThat(newest().map(RetainedCheckpoint::folder)).contains(complete);
        assertThat(notes).isEmpty();
    }

    @Test
    void skipsADamagedCheckpointAndSaysSo() throws IOException {
        Path whole = checkpoint("aaaa/chk-9", 9, 1);
        for (int i = 0; i < 2; i++) {
            Path damaged = checkpoint("aaaa/chk-1" + i, 10 + i, 2 + i).resolve("_metadata");
            byte[] bytes = Files.readAllBytes(damaged);
            Files.write(damaged, i == 0 ? new byte[0] : java.util.Arrays.copyOf(bytes, 14));
        }

        assertThat(newest().map(RetainedCheckpoint::folder)).contains(whole);
        assertThat(notes)
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains("chk-11"))
                .anySatisfy(note -> assertThat(note).contains("chk-10"));
    }

    @Test
    void discardsEarlierRunsButNotWhatTheRunningJobWasStartedFrom() throws IOException {
        Path old = checkpoint("aaaa/chk-1", 1, 1);
        Path resumed = checkpoint("bbbb/chk-2", 2, 2);
        Path unfinished = Files.createDirectories(folder.resolve("bbbb/chk-3"));
        Path savepoint = checkpoint("savepoint-cccc-1", 1, 0);
        Path own = checkpoint("dddd/chk-3", 3, 3);
        Files.createDirectories(folder.resolve("aaaa/shared"));

        new CheckpointStore(folder).discardEarlierRuns("dddd", newestOf(resumed));

        assertThat(own).exists();
        assertThat(resumed).exists();
        assertThat(old.getParent()).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(savepoint).doesNotExist();
    }

    @Test
    void keepsSharedStateThatMayStillBeReferredTo() throws IOException {
        checkpoint("aaaa/chk-1", 1, 1);
        Path shared = Files.createDirectories(folder.resolve("aaaa/shared")).resolve("sst");
        Files.writeString(shared, "state");

        new CheckpointStore(folder).discardEarlierRuns("bbbb", Optional.empty());

        assertThat(shared).exists();
        assertThat(folder.resolve("aaaa/chk-1")).doesNotExist();
    }

    @Test
    void keepsTheSavepointThatTheRunningJobWasStartedFrom() throws IOException {
        Path resumed = checkpoint("savepoint-aaaa-1", 5, 1);

        new CheckpointStore(folder).discardEarlierRuns("bbbb", newestOf(resumed));

        assertThat(resumed.resolve("_metadata")).exists();
    }

    private static Optional<RetainedCheckpoint> newestOf(Path checkpoint) {
        return Optional.of(new RetainedCheckpoint(checkpoint, 2, NOON));
    }
}
