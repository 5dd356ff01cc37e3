package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats requests over transient errors for as long as it takes, each time on a new connection.
 * Belongs to one thread; interrupting it ends any wait.
 */
final class RetryingSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingSession.class);

    /** A request. */
    @FunctionalInterface
    interface Request<T> {
        T send(Session session) throws SQLException;
    }

    /** Waits; a test need not. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Is told what happens, by the session's thread. */
    @FunctionalInterface
    interface Observer {
        /** A request is about to be repeated. */
        void retry();

        /** A connection was made, and it is not the first. */
        default void reconnected() {}

        /**
         * A request failed that had begun at this time; nothing was answered since.
         *
         * @param nanoTime as {@link System#nanoTime()}
         */
        default void unanswered(long nanoTime) {}

        /** The server answered. */
        default void answered() {}
    }

    private final Session.Factory factory;
    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final LongSupplier nanoClock;
    private final String where;
    private final Observer observer;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Outage outage;
    private final MissingWait missing;
    private Session session;
    private boolean wasConnected;
    private boolean failing;
    private boolean somethingMissing;

    /**
     * Makes a session that connects with its first request.
     *
     * @param where the server, for the log
     */
    RetryingSession(
            Session.Factory factory,
            RetryPolicy policy,
            Sleeper sleeper,
            String where,
            Observer observer) {
        this(factory, policy, sleeper, System::nanoTime, where, observer);
    }

    /** With a clock of the test's. */
    RetryingSession(
            Session.Factory factory,
            RetryPolicy policy,
            Sleeper sleeper,
            LongSupplier nanoClock,
            String where,
            Observer observer) {
        this.factory = factory;
        this.policy = policy;
        this.sleeper = sleeper;
        this.nanoClock = nanoClock;
        this.where = where;
        this.observer = observer;
        this.outage = new Outage(where);
        this.missing = newWait();
    }

    /** For something that is missing although no request was refused. */
    MissingWait newWait() {
        return new MissingWait(policy, sleeper, nanoClock);
    }

    /**
     * Sends a request until it is answered.
     *
     * @throws RequestRefusedException if the answer is that a row is bad or something is missing
     * @throws IOException if repeating is of no use
     * @throws InterruptedException if the thread was interrupted
     */
    <T> T call(Request<T> request)
            throws InterruptedException, IOException, RequestRefusedException {
        while (true) {
            boolean reused = session != null;
            long began = nanoClock.getAsLong();
            try {
                if (session == null) {
                    open();
                }
                T answer = request.send(session);
                answered();
                missing.over();
                somethingMissing = false;
                return answer;
            } catch (SQLException | RuntimeException e) {
                // The driver reports an interrupt as a time-out and leaves the flag set.
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted while a request was under way");
                }
                refused(TDengineError.of(e), e, reused, began);
            }
        }
    }

    /** Returns if the request is to be repeated. */
    private void refused(TDengineError error, Exception cause, boolean reused, long began)
            throws IOException, InterruptedException, RequestRefusedException {
        switch (error.kind()) {
            case FATAL -> {
                close();
                throw fatal(error, cause);
            }
            case BAD_ROW -> {
                if (session == null) {
                    throw fatal(error, cause);
                }
                answered();
                somethingMissing = false;
                throw new RequestRefusedException(error, cause);
            }
            case MISSING_TABLE -> {
                if (session == null) {
                    throw fatal(error, cause);
                }
                answered();
                somethingMissing = true;
                throw new RequestRefusedException(error, cause);
            }
            case TRANSIENT -> {
                close();
                if (reused && error.meansClosedConnection()) {
                    // It may have died long ago while idle: no news of the server.
                    LOG.debug("Connection to TDengine at {} is gone: {}", where, error);
                    observer.retry();
                } else {
                    unanswered(error.toString(), began);
                }
            }
        }
    }

    /**
     * Sends a request once, for callers that have another way.
     *
     * @throws RequestRefusedException with whatever error there is; after one that is no row's
     *     fault the connection is given up
     * @throws IOException if repeating is of no use
     * @throws InterruptedException if the thread was interrupted
     */
    <T> T attempt(Request<T> request)
            throws InterruptedException, IOException, RequestRefusedException {
        try {
            if (session == null) {
                open();
            }
            T answer = request.send(session);
            answered();
            return answer;
        } catch (SQLException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while a request was under way");
            }
            TDengineError error = TDengineError.of(e);
            boolean lost = error.kind() == TDengineError.Kind.TRANSIENT && !error.isOfAdapter();
            if (lost || error.kind() == TDengineError.Kind.FATAL) {
                close();
                observer.retry();
            }
            throw new RequestRefusedException(error, e);
        }
    }

    private void open() throws SQLException, IOException {
        try {
            session = factory.open();
        } catch (IllegalArgumentException e) {
            // A reference in the settings that cannot be resolved on this machine.
            throw new IOException(e.getMessage(), e);
        }
        if (wasConnected) {
            observer.reconnected();
        }
        wasConnected = true;
    }

    private IOException fatal(TDengineError error, Exception cause) {
        return new IOException(
                "TDengine at "
                        + where
                        + " refuses: "
                        + error
                        + ". Repeating is of no use; "
                        + error.advice(),
                cause);
    }

    private void answered() {
        if (failing) {
            failing = false;
            observer.answered();
            outage.over(nanoClock.getAsLong());
        }
    }

    private void unanswered(String problem, long began) throws InterruptedException {
        if (!failing) {
            failing = true;
            observer.unanswered(began);
        }
        int failures = outage.failed(problem, nanoClock.getAsLong());
        sleeper.sleep(policy.delay(failures, random));
        observer.retry();
    }

    /**
     * Waits before the caller's next attempt. Says what is wrong when it begins and once a minute.
     *
     * @throws IOException with the problem, if the last request was refused because something is
     *     missing and it has been waited for long enough
     */
    void pause(String problem) throws IOException, InterruptedException {
        if (somethingMissing) {
            missing.pause(problem);
            observer.retry();
        } else {
            unanswered(problem, nanoClock.getAsLong());
        }
    }

    /** Gives the connection up; the next request opens another. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
