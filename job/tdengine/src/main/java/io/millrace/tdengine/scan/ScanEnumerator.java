package io.millrace.tdengine.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides the table once and gives a split to whoever asks. For the coordinator's thread; the
 * server is asked in another.
 */
final class ScanEnumerator implements SplitEnumerator<ScanSplit, ScanState> {
    private static final Logger LOG = LoggerFactory.getLogger(ScanEnumerator.class);

    private final SplitEnumeratorContext<ScanSplit> context;
    private final Callable<List<ScanSplit>> planning;
    private final Deque<ScanSplit> waiting;
    private final Set<Integer> asking = new LinkedHashSet<>();
    private boolean planned;

    /**
     * Makes an enumerator.
     *
     * @param planning divides the table; may take long
     */
    ScanEnumerator(
            SplitEnumeratorContext<ScanSplit> context,
            Callable<List<ScanSplit>> planning,
            ScanState state) {
        this.context = context;
        this.planning = planning;
        this.planned = state.planned();
        this.waiting = new ArrayDeque<>(state.waiting());
    }

    @Override
    public void start() {
        if (!planned) {
            context.callAsync(planning, this::planned);
        }
    }

    private void planned(List<ScanSplit> splits, Throwable failure) {
        if (failure != null) {
            throw failure instanceof RuntimeException known
                    ? known
                    : new FlinkRuntimeException(failure.getMessage(), failure);
        }
        LOG.info("{} splits are to be read.", splits.size());
        planned = true;
        waiting.addAll(splits);
        assign();
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        asking.add(subtask);
        assign();
    }

    private void assign() {
        if (!planned) {
            return;
        }
        for (int subtask : asking) {
            if (!context.registeredReaders().containsKey(subtask)) {
                // It failed meanwhile and will ask again.
                continue;
            }
            ScanSplit next = waiting.poll();
            if (next == null) {
                context.signalNoMoreSplits(subtask);
            } else {
                context.assignSplit(next, subtask);
            }
        }
        asking.clear();
    }

    @Override
    public void addSplitsBack(List<ScanSplit> splits, int subtask) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            waiting.addFirst(splits.get(i));
        }
        assign();
    }

    @Override
    public void addReader(int subtask) {
        // It asks.
    }

    @Override
    public ScanState snapshotState(long checkpoint) {
        return new ScanState(planned, List.copyOf(waiting));
    }

    @Override
    public void close() {
        // Asking the server ends with the coordinator's threads.
    }
}
