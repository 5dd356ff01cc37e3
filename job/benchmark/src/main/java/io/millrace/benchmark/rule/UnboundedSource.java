package io.millrace.benchmark.rule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The least that Flink asks of a source: no splits, no state, always ready.
 *
 * @param <T> the type of the records
 */
abstract class UnboundedSource<T> implements Source<T, UnboundedSource.NoSplit, Boolean> {
    private static final long serialVersionUID = 1L;

    /** Gives records; used by one thread. */
    @FunctionalInterface
    interface Pull<T> {
        void read(ReaderOutput<T> output) throws Exception;
    }

    /** A split that there never is. */
    record NoSplit(String splitId) implements SourceSplit {}

    /** Begins to read. */
    protected abstract Pull<T> open();

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, NoSplit> createReader(SourceReaderContext context) {
        return new Reader<>(open());
    }

    @Override
    public SplitEnumerator<NoSplit, Boolean> createEnumerator(
            SplitEnumeratorContext<NoSplit> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<NoSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, Boolean checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new Texts<>() {
            @Override
            String text(NoSplit split) {
                return split.splitId();
            }

            @Override
            NoSplit value(String text) {
                return new NoSplit(text);
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new Texts<>() {
            @Override
            String text(Boolean value) {
                return value.toString();
            }

            @Override
            Boolean value(String text) {
                return Boolean.valueOf(text);
            }
        };
    }

    private record Reader<T>(Pull<T> pull) implements SourceReader<T, NoSplit> {
        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            pull.read(output);
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<NoSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<NoSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<NoSplit, Boolean> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Boolean snapshotState(long checkpointId) {
            return true;
        }

        @Override
        public void close() {}
    }

    private abstract static class Texts<V> implements SimpleVersionedSerializer<V> {
        abstract String text(V value);

        abstract V value(String text);

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(V value) {
            return text(value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public V deserialize(int version, byte[] bytes) {
            return value(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
