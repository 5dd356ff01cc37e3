package io.millrace.cli.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * The checkpoints in a job's folder, of all runs so far. Each run is a Flink job with an id of its
 * own and writes below {@code checkpoints/<job id>/chk-<n>}; a clean stop leaves {@code
 * checkpoints/savepoint-…} instead. Not thread-safe.
 */
public final class CheckpointStore {
    private static final String METADATA = "_metadata";

    private final Path folder;

    /** The checkpoints below this folder, which need not exist. */
    public CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the newest checkpoint that is whole.
     *
     * @param notes gets a line for each newer one that is not
     */
    public Optional<RetainedCheckpoint> newest(Consumer<String> notes) throws IOException {
        for (Candidate candidate : candidates()) {
            try {
                return Optional.of(candidate.read());
            } catch (IOException | RuntimeException e) {
                notes.accept(
                        "Checkpoint "
                                + candidate.folder
                                + " is damaged and skipped: "
                                + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * Deletes what earlier runs left behind. To be called once the running job has completed a
     * checkpoint of its own.
     *
     * @param runningJob the id of the running job, whose checkpoints Flink looks after
     * @param resumedFrom the checkpoint that the running job was started from; Flink claimed it and
     *     deletes it by itself as soon as nothing refers to it
     */
    public void discardEarlierRuns(String runningJob, Optional<RetainedCheckpoint> resumedFrom)
            throws IOException {
        for (Path run : list(folder)) {
            if (run.getFileName().toString().equals(runningJob) || !Files.isDirectory(run)) {
                continue;
            }
            boolean isCheckpoint = Files.exists(run.resolve(METADATA)) || isCheckpointName(run);
            for (Path checkpoint : isCheckpoint ? List.of(run) : list(run)) {
                boolean kept = resumedFrom.map(r -> r.folder().equals(checkpoint)).orElse(false);
                if (isCheckpointName(checkpoint) && !kept) {
                    PathUtils.deleteDirectory(checkpoint);
                }
            }
            // 'shared' may hold state that the resumed checkpoint refers to: only if it is empty.
            deleteEmptyFolders(run);
        }
    }

    private static boolean isCheckpointName(Path path) {
        String name = path.getFileName().toString();
        return name.matches("chk-\\d+") || name.startsWith("savepoint-");
    }

    private static void deleteEmptyFolders(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst =
                    all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path directory : deepestFirst) {
            if (list(directory).isEmpty()) {
                Files.delete(directory);
            }
        }
    }

    private List<Candidate> candidates() throws IOException {
        List<Candidate> found = new ArrayList<>();
        for (Path run : list(folder)) {
            addIfComplete(run, found);
            for (Path checkpoint : list(run)) {
                addIfComplete(checkpoint, found);
            }
        }
        found.sort(
                Comparator.comparing(Candidate::written)
                        .thenComparing(Candidate::numberInName)
                        .reversed());
        return found;
    }

    private static void addIfComplete(Path checkpoint, List<Candidate> found) throws IOException {
        Path metadata = checkpoint.resolve(METADATA);
        if (isCheckpointName(checkpoint) && Files.isRegularFile(metadata)) {
            found.add(new Candidate(checkpoint, Files.getLastModifiedTime(metadata).toInstant()));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return entries;
    }

    private record Candidate(Path folder, Instant written) {
        long numberInName() {
            String name = folder.getFileName().toString();
            return name.startsWith("chk-") ? Long.parseLong(name.substring("chk-".length())) : 0;
        }

        /** Reads all of the metadata, which fails if the file was cut off or is something else. */
        RetainedCheckpoint read() throws IOException {
            Path metadata = folder.resolve(METADATA);
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
                // Flink has no public way to read a checkpoint's metadata but the State Processor
                // API, which runs a job for it.
                long number =
                        Checkpoints.loadCheckpointMetadata(
                                        in,
                                        CheckpointStore.class.getClassLoader(),
                                        folder.toString())
                                .getCheckpointId();
                return new RetainedCheckpoint(folder, number, written);
            }
        }
    }
}
