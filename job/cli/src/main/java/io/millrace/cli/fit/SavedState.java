package io.millrace.cli.fit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * What a savepoint or checkpoint holds, as its metadata say. Read through Flink's file systems, so
 * that it works wherever Flink writes. Stateless.
 */
public final class SavedState {
    static final String METADATA = "_metadata";

    private SavedState() {}

    /**
     * Reads a savepoint or checkpoint.
     *
     * @param folder its URI or path
     * @throws IOException if it cannot be read from this machine, or is damaged
     */
    public static List<SavedOperator> read(String folder) throws IOException {
        List<SavedOperator> operators = new ArrayList<>();
        for (OperatorState operator : metadata(folder).getOperatorStates()) {
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
        return operators;
    }

    static CheckpointMetadata metadata(String folder) throws IOException {
        Path metadata = new Path(new Path(folder), METADATA);
        FileSystem files = metadata.getFileSystem();
        if (!files.exists(metadata)) {
            throw new FileNotFoundException("There is no file " + metadata);
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(files.open(metadata)))) {
            // Flink has no public way to read metadata but the State Processor API, which runs a
            // job for it.
            return Checkpoints.loadCheckpointMetadata(
                    in, SavedState.class.getClassLoader(), folder);
        }
    }
}
