package io.millrace.cli.fit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the entries of an operator's keyed state without knowing their types: of windows, the open
 * ones. It reads what Flink 2.3's state on the heap (the default) writes for each key group: the
 * group's number (4 bytes), and per state its number (2 bytes), how many entries follow (4 bytes),
 * and the entries. So of the first state the count can be read, and of the others if those before
 * are empty. Other forms are not counted. Stateless.
 */
final class KeyedEntries {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedEntries.class);
    private static final int MOST_STATES = 64;
    private static final long MOST_BYTES = 64L << 20;

    private KeyedEntries() {}

    /** The number of entries; 0 only if there is none at all; empty if it cannot be told. */
    static OptionalLong of(OperatorState operator) {
        long entries = 0;
        boolean keyed = false;
        for (OperatorSubtaskState part : operator.getStates()) {
            // What is not keyed beside it, such as a window operator's watermark, is nothing alone.
            if (part.getRawOperatorState().hasState() || part.getRawKeyedState().hasState()) {
                return OptionalLong.empty();
            }
            for (KeyedStateHandle handle : part.getManagedKeyedState()) {
                // The canonical form is another one; so is what RocksDB writes.
                if (!(handle instanceof KeyGroupsStateHandle groups)
                        || handle instanceof KeyGroupsSavepointStateHandle) {
                    return OptionalLong.empty();
                }
                try {
                    entries += of(groups);
                } catch (IOException e) {
                    LOG.info("The entries of {} cannot be counted", operator.getOperatorID(), e);
                    return OptionalLong.empty();
                }
                keyed = true;
            }
        }
        return keyed ? OptionalLong.of(entries) : OptionalLong.empty();
    }

    private static long of(KeyGroupsStateHandle handle) throws IOException {
        if (handle.getStateSize() > MOST_BYTES) {
            throw new IOException("It is too large to be looked through");
        }
        ByteBuffer bytes;
        try (FSDataInputStream in = handle.openInputStream()) {
            bytes = ByteBuffer.wrap(in.readAllBytes());
        }
        long entries = 0;
        for (int group : handle.getKeyGroupRange()) {
            boolean last = group == handle.getKeyGroupRange().getEndKeyGroup();
            long start = handle.getOffsetForKeyGroup(group);
            long end = last ? bytes.limit() : handle.getOffsetForKeyGroup(group + 1);
            entries += ofGroup(group, bytes.slice((int) start, (int) (end - start)));
        }
        return entries;
    }

    /** Zero is said only of a group that is understood to its end. */
    static long ofGroup(int group, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() < Integer.BYTES || bytes.getInt() != group) {
            throw new IOException("No key group begins here");
        }
        while (bytes.hasRemaining()) {
            if (bytes.remaining() < Short.BYTES + Integer.BYTES) {
                throw new IOException("No state begins here");
            }
            short state = bytes.getShort();
            int count = bytes.getInt();
            // Compressed state looks like this.
            if (state < 0 || state > MOST_STATES || count < 0 || count > bytes.remaining()) {
                throw new IOException("This is no state of a heap");
            }
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }
}
