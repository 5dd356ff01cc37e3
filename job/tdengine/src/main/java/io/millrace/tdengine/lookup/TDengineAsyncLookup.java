package io.millrace.tdengine.lookup;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Looks up several keys at a time, each in a thread with a connection of its own. */
public final class TDengineAsyncLookup extends AsyncLookupFunction {
    private static final long serialVersionUID = 1L;

    private final LookupSettings settings;
    private final int connections;
    private transient ExecutorService threads;

    /** Sessions that no thread uses. Thread-safe. */
    private transient Queue<LookupSession> idle;

    /**
     * Makes a function.
     *
     * @param connections how many keys are looked up at a time
     */
    public TDengineAsyncLookup(LookupSettings settings, int connections) {
        this.settings = settings;
        this.connections = connections;
    }

    @Override
    public void open(FunctionContext context) {
        idle = new ConcurrentLinkedQueue<>();
        threads =
                Executors.newFixedThreadPool(
                        connections,
                        task -> {
                            Thread thread = new Thread(task, "tdengine-lookup");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncLookup(RowData key) {
        return CompletableFuture.supplyAsync(() -> find(key), threads);
    }

    private Collection<RowData> find(RowData key) {
        LookupSession taken = idle.poll();
        LookupSession session = taken == null ? new LookupSession(settings) : taken;
        try {
            return session.find(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (Exception e) {
            throw new CompletionException(e);
        } finally {
            if (threads.isShutdown()) {
                session.close();
            } else {
                idle.add(session);
            }
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
            idle.forEach(LookupSession::close);
        }
    }
}
