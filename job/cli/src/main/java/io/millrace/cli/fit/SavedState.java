package io.millrace.cli.fit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * What a savepoint or checkpoint holds, as its metadata say. Read through Flink's file systems, so
 * that it works wherever Flink writes.
 *
 * @param madeAtEnd whether it is the savepoint that a job was stopped with, so that what was handed
 *     to it to be written is written
 */
public record SavedState(List<SavedOperator> operators, boolean madeAtEnd) {
    static final String METADATA = "_metadata";
    private static final int SHOWN = 5;

    public SavedState {
        operators = List.copyOf(operators);
    }

    /**
     * Reads a savepoint or checkpoint.
     *
     * @param folder its URI or path
     */
    public static SavedState read(String folder) throws UnreadableStateException {
        CheckpointMetadata metadata = metadata(folder);
        List<SavedOperator> operators = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            boolean has =
                    operator.getCoordinatorState() != null
                            || operator.getStates().stream().anyMatch(part -> part.hasState());
            operators.add(
                    new SavedOperator(
                            operator.getOperatorID().toHexString(),
                            operator.getOperatorUid().filter(uid -> !uid.isEmpty()),
                            operator.getOperatorName().filter(name -> !name.isEmpty()),
                            has ? Math.max(1, operator.getStateSize()) : 0,
                            KeyedEntries.of(operator)));
        }
        return new SavedState(
                operators,
                metadata.getCheckpointProperties() != null
                        && metadata.getCheckpointProperties().isSynchronous());
    }

    static CheckpointMetadata metadata(String folder) throws UnreadableStateException {
        Path metadata;
        FileSystem files;
        try {
            Path place = new Path(folder);
            metadata = new Path(place, METADATA);
            files = metadata.getFileSystem();
            if (!files.exists(metadata)) {
                throw absent(files, place);
            }
        } catch (UnreadableStateException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableStateException(
                    "Savepoint '%s' cannot be read from this machine: %s"
                            .formatted(folder, sentence(e)),
                    true,
                    e);
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(files.open(metadata)))) {
            // Flink has no public way to read metadata but the State Processor API, which runs a
            // job for it.
            return Checkpoints.loadCheckpointMetadata(
                    in, SavedState.class.getClassLoader(), folder);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableStateException(
                    "'%s' is damaged, or no savepoint or checkpoint of this Flink: %s"
                            .formatted(metadata, sentence(e)),
                    false,
                    e);
        }
    }

    /** The first sentence says what; Flink's others guess why. */
    private static String sentence(Exception e) {
        if (e instanceof java.io.EOFException) {
            return "it ends too early.";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceFirst("(?s)(?<=[.!])\\s.*", "").strip();
    }

    /** A place of which not even the folder that it is in is here may be on other machines. */
    private static UnreadableStateException absent(FileSystem files, Path place)
            throws IOException {
        boolean here = place.getParent() == null || files.exists(place.getParent());
        String said =
                here
                        ? "There is no savepoint or checkpoint '%s': that is a folder with a file '%s'."
                                .formatted(place, METADATA)
                        : "There is no folder '%s' on this machine.".formatted(place);
        List<String> inside = inside(files, place);
        return new UnreadableStateException(
                inside.isEmpty()
                        ? said
                        : "%s In this folder there are: %s."
                                .formatted(said, String.join(", ", inside)),
                !here,
                null);
    }

    private static List<String> inside(FileSystem files, Path place) throws IOException {
        List<String> inside = new ArrayList<>();
        if (files.exists(place) && files.getFileStatus(place).isDir()) {
            for (FileStatus entry : files.listStatus(place)) {
                if (entry.isDir() && files.exists(new Path(entry.getPath(), METADATA))) {
                    inside.add(entry.getPath().getName());
                }
            }
        }
        return inside.stream().sorted().limit(SHOWN).toList();
    }
}
