package io.millrace.cli.fit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.util.StringUtils;

/**
 * A savepoint in which state has new owners. Only its metadata change; the files beside them, which
 * hold the state, stay as they are. What the metadata were is kept next to them, so that the
 * version before can be started from the savepoint as well. Not thread-safe.
 */
final class MovedState {
    private static final String BEFORE = "_metadata.before-upgrade";

    private final Path folder;
    private final FileSystem files;

    private MovedState(String folder) throws IOException {
        this.folder = new Path(folder);
        this.files = this.folder.getFileSystem();
    }

    /** Gives state to other operators. */
    static MovedState in(String folder, List<StateFit.Move> moves) throws IOException {
        MovedState state = new MovedState(folder);
        CheckpointMetadata before = SavedState.metadata(folder);
        Map<String, StateFit.Move> byId =
                moves.stream()
                        .collect(Collectors.toMap(move -> move.from().id(), Function.identity()));
        List<OperatorState> operators = new ArrayList<>();
        for (OperatorState operator : before.getOperatorStates()) {
            StateFit.Move move = byId.get(operator.getOperatorID().toHexString());
            operators.add(move == null ? operator : moved(operator, move));
        }
        CheckpointMetadata after =
                new CheckpointMetadata(
                        before.getCheckpointId(),
                        operators,
                        before.getMasterStates(),
                        before.getCheckpointProperties());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Checkpoints.storeCheckpointMetadata(after, bytes);
        state.replace(bytes.toByteArray());
        return state;
    }

    private static OperatorState moved(OperatorState operator, StateFit.Move move) {
        OperatorState moved =
                operator.copyWithNewIDs(
                        move.to().uid(),
                        new OperatorID(StringUtils.hexStringToByte(move.to().id())));
        // Flink 2.3 forgets that of a source's enumerator.
        if (operator.getCoordinatorState() != null && moved.getCoordinatorState() == null) {
            moved.setCoordinatorState(operator.getCoordinatorState());
        }
        return moved;
    }

    private void replace(byte[] after) throws IOException {
        Path metadata = new Path(folder, SavedState.METADATA);
        byte[] before;
        try (var in = files.open(metadata)) {
            before = in.readAllBytes();
        }
        write(new Path(folder, BEFORE), before);
        write(metadata, after);
    }

    /** Makes the savepoint what it was. */
    void undo() throws IOException {
        Path kept = new Path(folder, BEFORE);
        byte[] before;
        try (var in = files.open(kept)) {
            before = in.readAllBytes();
        }
        write(new Path(folder, SavedState.METADATA), before);
        files.delete(kept, false);
    }

    /** Keeps the new metadata only. */
    void forget() throws IOException {
        files.delete(new Path(folder, BEFORE), false);
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try (FSDataOutputStream out = files.create(file, FileSystem.WriteMode.OVERWRITE)) {
            out.write(bytes);
        }
    }
}
