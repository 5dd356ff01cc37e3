package io.millrace.devkit.tdengine;

import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.wire.Gate;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes a {@link DevelopmentServer} misbehave, and counts what it is asked. Faults "of the next n"
 * concern inserts only, so that what a driver asks for itself does not use them up; several of them
 * may wait, the one given first comes first. The execution of a bound insert is an insert like one
 * in text. All methods may be called by any thread.
 */
public final class Faults {
    /** A step of a bound statement before its execution, which counts as a statement itself. */
    public enum Step {
        PREPARE(Gate.Step.PREPARE),
        BIND(Gate.Step.BIND);

        private final Gate.Step step;

        Step(Gate.Step step) {
            this.step = step;
        }
    }

    /**
     * @param step the step it concerns, or null for statements
     * @param which which statements it concerns; for those, null means inserts
     * @param answer the error to answer, or null
     * @param pause how long to wait before, or null
     */
    private record Armed(
            Gate.Step step,
            Predicate<String> which,
            Gate.Decision decision,
            TaosException answer,
            Duration pause,
            int left) {

        boolean concerns(Gate.Step now, String sql, boolean insert) {
            return step == now && (which == null ? now != null || insert : which.test(sql));
        }

        Armed once() {
            return new Armed(step, which, decision, answer, pause, left - 1);
        }
    }

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

    /** Lets the next n inserts pass, so that a fault given after this hits the one behind them. */
    public void letPass(int n) {
        arm(null, Gate.Decision.EXECUTE, null, n);
    }

    /** Lets some time pass before each of the next n inserts is executed. */
    public void pauseBefore(int n, Duration time) {
        arm(new Armed(null, null, Gate.Decision.EXECUTE, null, time, n));
    }

    /** Closes the connection before the next n steps of a kind are taken. */
    public void cutBefore(Step step, int n) {
        arm(new Armed(step.step, null, Gate.Decision.CUT, null, null, n));
    }

    /** Closes the connection after the next n steps of a kind, without an answer. */
    public void cutAfter(Step step, int n) {
        arm(new Armed(step.step, null, Gate.Decision.EXECUTE_AND_CUT, null, null, n));
    }

    /** Takes the next n steps of a kind and leaves them without an answer. */
    public void doNotAnswerNext(Step step, int n) {
        arm(new Armed(step.step, null, Gate.Decision.EXECUTE_SILENTLY, null, null, n));
    }

    /**
     * Answers the next n steps of a kind with an error instead of taking them.
     *
     * @param code TDengine's code without its high bits, such as 0x2653
     */
    public void answerNext(Step step, int n, int code, String message) {
        TaosException answer = new TaosException(code & 0xffff, message);
        arm(new Armed(step.step, null, null, answer, null, n));
    }

    /** Lets the next n steps of a kind pass. */
    public void letPass(Step step, int n) {
        arm(new Armed(step.step, null, Gate.Decision.EXECUTE, null, null, n));
    }

    private void arm(Predicate<String> which, Gate.Decision decision, TaosException answer, int n) {
        arm(new Armed(null, which, decision, answer, null, n));
    }

    private synchronized void arm(Armed fault) {
        if (fault.left() < 1) {
            throw new IllegalArgumentException(
                    "A fault for " + fault.left() + " statements; allowed is 1 up");
        }
        armed.add(fault);
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

    private synchronized void count(String sql, boolean insert) {
        statements++;
        inserts += insert ? 1 : 0;
        if (recording) {
            recorded.add(sql);
        }
    }

    private Gate.Decision decide(Gate.Step step, String sql, boolean insert) {
        Armed fault = take(step, sql, insert);
        if (fault == null) {
            return Gate.Decision.EXECUTE;
        }
        if (fault.pause() != null) {
            pause(fault.pause());
        }
        if (fault.answer() != null) {
            throw fault.answer();
        }
        return fault.decision();
    }

    private synchronized Armed take(Gate.Step step, String sql, boolean insert) {
        for (int i = 0; i < armed.size(); i++) {
            Armed fault = armed.get(i);
            if (fault.concerns(step, sql, insert)) {
                if (fault.left() == 1) {
                    armed.remove(i);
                } else {
                    armed.set(i, fault.once());
                }
                return fault;
            }
        }
        return null;
    }

    /** Waits, but not longer than the server lives. */
    private synchronized void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
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
            count(sql, insert);
            return decide(null, sql, insert);
        }

        @Override
        public Decision step(Gate.Step step, String sql) {
            return decide(step, sql, false);
        }
    }
}
