package io.millrace.mqtt.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink that stores what it got only when it is flushed, as a good sink does, and that can be told
 * to hang. One store per name, shared by all that run in this JVM.
 */
final class StoredSink implements Sink<String> {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Map<String, Integer>> STORES = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> FLUSHES = new ConcurrentHashMap<>();
    private static final Set<String> FAILING = ConcurrentHashMap.newKeySet();

    private final String name;

    StoredSink(String name) {
        this.name = name;
        STORES.put(name, new ConcurrentHashMap<>());
        GATES.put(name, new CountDownLatch(0));
        FLUSHES.put(name, new AtomicInteger());
    }

    /** How often the first subtask has stored what it had, which it does once per checkpoint. */
    int flushes() {
        return FLUSHES.get(name).get();
    }

    /** What is stored, and how often. */
    Map<String, Integer> stored() {
        return STORES.get(name);
    }

    /** How many rows too many are stored. */
    int duplicates() {
        return stored().values().stream().mapToInt(count -> count - 1).sum();
    }

    /** Writers hang from now on. */
    void hang() {
        GATES.put(name, new CountDownLatch(1));
    }

    /** The next flush fails, and the job with it. */
    void failOnce() {
        FAILING.add(name);
    }

    /** Whether that failure is still to come. */
    boolean isFailing() {
        return FAILING.contains(name);
    }

    /** Writers go on. */
    void goOn() {
        GATES.get(name).countDown();
    }

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
        return new Writer(name, context.getTaskInfo().getIndexOfThisSubtask() == 0);
    }

    private static final class Writer implements SinkWriter<String> {
        private final String name;
        private final boolean first;
        private final List<String> buffer = new ArrayList<>();

        Writer(String name, boolean first) {
            this.name = name;
            this.first = first;
        }

        @Override
        public void write(String element, Context context) throws InterruptedException {
            GATES.get(name).await();
            buffer.add(element);
        }

        @Override
        public void flush(boolean endOfInput) {
            if (FAILING.remove(name)) {
                throw new IllegalStateException("on purpose");
            }
            buffer.forEach(element -> STORES.get(name).merge(element, 1, Integer::sum));
            buffer.clear();
            if (first) {
                FLUSHES.get(name).incrementAndGet();
            }
        }

        @Override
        public void close() {}
    }
}
