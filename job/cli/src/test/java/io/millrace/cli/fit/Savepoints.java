package io.millrace.cli.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

/** Savepoints for tests, as Flink writes them: each operator has a little state. */
public final class Savepoints {
    private Savepoints() {}

    /** The id that an operator with this uid has here. */
    public static String id(String uid) {
        return new OperatorID(uid.hashCode(), 7).toHexString();
    }

    /**
     * Writes one; returns its URI.
     *
     * @param atEnd whether a job was stopped with it
     */
    public static String write(Path folder, boolean atEnd, String... uids) throws IOException {
        List<OperatorState> operators = new ArrayList<>();
        for (String uid : uids) {
            OperatorState operator =
                    new OperatorState(null, uid, new OperatorID(uid.hashCode(), 7), 1, 128);
            operator.setCoordinatorState(
                    new ByteStreamStateHandle(uid, uid.getBytes(StandardCharsets.UTF_8)));
            operators.add(operator);
        }
        CheckpointProperties properties =
                atEnd
                        ? CheckpointProperties.forSyncSavepoint(
                                false, false, SavepointFormatType.NATIVE)
                        : CheckpointProperties.forSavepoint(false, SavepointFormatType.NATIVE);
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(folder.resolve(SavedState.METADATA))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(7, operators, List.of(), properties), out);
        }
        return folder.toUri().toString();
    }
}
