package io.millrace.rule.trial;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Gives the numbers of the samples, one at a time: the next when a checkpoint is complete that
 * contains the one before. Then all that it causes has been worked off, wherever in the job, so
 * that one can tell what it caused, and always in the same order.
 */
final class SampleSource
        implements Source<Integer, SampleSource.Split, Void>, ResultTypeQueryable<Integer> {
    private static final long serialVersionUID = 1L;

    private final int[] numbers;
    private final TrialLog log;

    SampleSource(List<Integer> numbers, TrialLog log) {
        this.numbers = numbers.stream().mapToInt(Integer::intValue).toArray();
        this.log = log;
    }

    /** There is but one reader, which needs none. */
    record Split(String splitId) implements SourceSplit {}

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<Integer> getProducedType() {
        return Types.INT;
    }

    @Override
    public SourceReader<Integer, Split> createReader(SourceReaderContext context) {
        return new Reader();
    }

    /** Used by the task's thread. */
    private final class Reader implements SourceReader<Integer, Split> {
        private int next;
        private boolean waiting;

        /** The first checkpoint that contains what is waited for; negative if none has begun. */
        private long checkpoint = -1;

        private CompletableFuture<Void> available = new CompletableFuture<>();

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<Integer> output) {
            if (waiting) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            if (next == numbers.length) {
                log.write(new TrialEvent.AllRead());
                return InputStatus.END_OF_INPUT;
            }
            int number = numbers[next++];
            waiting = true;
            checkpoint = -1;
            log.write(new TrialEvent.Began(number));
            output.collect(number);
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<Split> snapshotState(long id) {
            if (waiting && checkpoint < 0) {
                checkpoint = id;
            }
            return List.of();
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            if (waiting && checkpoint >= 0 && id >= checkpoint) {
                waiting = false;
                available.complete(null);
            }
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (!waiting) {
                return CompletableFuture.completedFuture(null);
            }
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return available;
        }

        @Override
        public void addSplits(List<Split> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    @Override
    public SplitEnumerator<Split, Void> createEnumerator(SplitEnumeratorContext<Split> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<Split, Void> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Void state) {
        return new Enumerator();
    }

    /** Has nothing to give. */
    private static final class Enumerator implements SplitEnumerator<Split, Void> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Split> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Void snapshotState(long checkpointId) {
            return null;
        }

        @Override
        public void close() {}
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new Nothing<>();
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        return new Nothing<>();
    }

    /** There is no state: a trial does not go on after a failure. */
    private static final class Nothing<T> implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T nothing) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return null;
        }
    }
}
