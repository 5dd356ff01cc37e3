package io.millrace.rule.trial;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
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
        return new Reader(context);
    }

    /** Used by the task's thread. */
    private final class Reader implements SourceReader<Integer, Split> {
        private final SourceReaderContext context;
        private int next;
        private boolean allRead;
        private boolean waiting;

        /** The first checkpoint that contains what is waited for; negative if none has begun. */
        private long checkpoint = -1;

        private CompletableFuture<Void> available = new CompletableFuture<>();

        Reader(SourceReaderContext context) {
            this.context = context;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<Integer> output) {
            if (waiting) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            if (next == numbers.length) {
                if (allRead) {
                    log.write(new TrialEvent.AllRead());
                    return InputStatus.END_OF_INPUT;
                }
                allRead = true;
                waiting = true;
                checkpoint = Long.MAX_VALUE;
                context.sendSourceEventToCoordinator(new LastRead());
                return InputStatus.NOTHING_AVAILABLE;
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
                goOn();
            }
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            goOn();
        }

        private void goOn() {
            waiting = false;
            available.complete(null);
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
        return new Enumerator(context);
    }

    @Override
    public SplitEnumerator<Split, Void> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Void state) {
        return new Enumerator(context);
    }

    /**
     * The last message has been worked off; and the answer to it: there are no more checkpoints.
     */
    private record LastRead() implements SourceEvent {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Ends the checkpoints before the job ends. They come so often that one would be under way
     * then, which Flink 2.3 does not always take well ("gateway for unseen checkpoint").
     */
    private static final class Enumerator implements SplitEnumerator<Split, Void> {
        private final SplitEnumeratorContext<Split> context;
        private long begun;
        private long done;
        private int reader = -1;

        Enumerator(SplitEnumeratorContext<Split> context) {
            this.context = context;
        }

        @Override
        public void handleSourceEvent(int subtask, SourceEvent event) {
            // There are none while a source catches up, says 'interval-during-backlog'.
            context.setIsProcessingBacklog(true);
            reader = subtask;
            answer();
        }

        private void answer() {
            if (reader >= 0 && done >= begun) {
                context.sendEventToSourceReader(reader, new LastRead());
                reader = -1;
            }
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            over(id);
        }

        @Override
        public void notifyCheckpointAborted(long id) {
            over(id);
        }

        private void over(long id) {
            done = Math.max(done, id);
            answer();
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Split> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Void snapshotState(long id) {
            begun = id;
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
