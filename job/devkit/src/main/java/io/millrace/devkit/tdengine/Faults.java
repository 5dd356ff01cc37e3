package io.millrace.devkit.tdengine;

import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.wire.Gate;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Makes a {@link DevelopmentServer} misbehave, and counts what it is asked. Faults "of the next n"
 * concern inserts only, so that what a driver asks for itself does not use them up; several of them
 * may wait, the one given first comes first. All methods may be called by any thread.
 */
public final class Faults {
    private record Armed(
            Predicate<String> which, Gate.Decision decision, TaosException answer, int left) {}

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    // All guarded by this.
    private final List<Armed> armed = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();
    private boolean recording;
    private boolean stalled;
    private boolean refusing;
    private boolean closed;
    private long requests;
    private long statements;
    private long inserts;
    private int waiting;

    private final Gate gate = new FaultGate();

    Faults() {}

    /**
     * While true, requests of all kinds are neither answered nor executed. After that they are
     * executed in order, but for those whose connection has been closed by then.
     */
    public synchronized void stallRequests(boolean stall) {
        stalled = stall;
        notifyAll();
    }

    /** While true, new connections are closed as soon as they are made. */
    public synchronized void refuseConnections(boolean refuse) {
        refusing = refuse;
    }

    /** Closes all connections now. */
    public void cutConnections() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
    }

    /** Executes the next n inserts and leaves them without an answer. */
    public void executeButDoNotAnswerNext(int n) {
        arm(null, Gate.Decision.EXECUTE_SILENTLY, null, n);
    }

    /** Closes the connection of the next n inserts instead of executing them. */
    public void cutBeforeExecuting(int n) {
        arm(null, Gate.Decision.CUT, null, n);
    }

    /** Executes the next n inserts and closes their connection instead of answering. */
    public void cutAfterExecuting(int n) {
        arm(null, Gate.Decision.EXECUTE_AND_CUT, null, n);
    }

    /**
     * Answers the next n inserts with an error instead of executing them.
     *
     * @param code TDengine's code without its high bits, such as 0x60b
     */
    public void answerNext(int n, int code, String message) {
        arm(null, null, new TaosException(code & 0xffff, message), n);
    }

    /** Answers the next n statements of a kind with an error instead of executing them. */
    public void answerNext(int n, Predicate<String> which, int code, String message) {
        arm(which, null, new TaosException(code & 0xffff, message), n);
    }

    private synchronized void arm(
            Predicate<String> which, Gate.Decision decision, TaosException answer, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("A fault for " + n + " statements; allowed is 1 up");
        }
        armed.add(new Armed(which, decision, answer, n));
    }

    /** Behaves well again: nothing is stalled, refused or waiting. Counters stay. */
    public synchronized void clear() {
        stalled = false;
        refusing = false;
        armed.clear();
        notifyAll();
    }

    /** Whether faults of the next n are left over. */
    public synchronized boolean pending() {
        return !armed.isEmpty();
    }

    /** Number of requests so far, log-ins and fetches included, stalled ones too. */
    public synchronized long requests() {
        return requests;
    }

    /** Number of statements so far, refused ones included. */
    public synchronized long statements() {
        return statements;
    }

    /** Number of inserts so far, refused ones included. */
    public synchronized long inserts() {
        return inserts;
    }

    /** Number of connections on which a request is being held back by {@link #stallRequests}. */
    public synchronized int stalled() {
        return waiting;
    }

    /** Number of open connections. */
    public int connections() {
        return channels.size();
    }

    /** Keeps the text of all statements from now on, or forgets what it kept. */
    public synchronized void recordStatements(boolean record) {
        recording = record;
        if (!record) {
            recorded.clear();
        }
    }

    /** The text of the statements since recording began. */
    public synchronized List<String> recordedStatements() {
        return List.copyOf(recorded);
    }

    Gate gate() {
        return gate;
    }

    /** Lets go of requests that wait, because the server ends. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized Gate.Decision decide(String sql, boolean insert) {
        statements++;
        inserts += insert ? 1 : 0;
        if (recording) {
            recorded.add(sql);
        }
        for (int i = 0; i < armed.size(); i++) {
            Armed fault = armed.get(i);
            if (fault.which() == null ? insert : fault.which().test(sql)) {
                use(i, fault);
                if (fault.answer() != null) {
                    throw fault.answer();
                }
                return fault.decision();
            }
        }
        return Gate.Decision.EXECUTE;
    }

    private void use(int index, Armed fault) {
        if (fault.left() == 1) {
            armed.remove(index);
        } else {
            armed.set(
                    index,
                    new Armed(fault.which(), fault.decision(), fault.answer(), fault.left() - 1));
        }
    }

    private final class FaultGate implements Gate {
        @Override
        public boolean accepts() {
            synchronized (Faults.this) {
                return !refusing;
            }
        }

        @Override
        public void opened(Channel channel) {
            channels.add(channel);
        }

        @Override
        public void closed(Channel channel) {
            channels.remove(channel);
        }

        @Override
        public void request() throws InterruptedException {
            synchronized (Faults.this) {
                requests++;
                waiting++;
                try {
                    while (stalled && !closed) {
                        Faults.this.wait();
                    }
                } finally {
                    waiting--;
                }
            }
        }

        @Override
        public Decision statement(String sql, boolean insert) {
            return decide(sql, insert);
        }
    }
}
