package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
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

    private final Session.Factory factory;
    private final RetryPolicy policy;
    private final Sleeper sleeper;
    private final String where;
    private final Runnable onRetry;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private Session session;
    private int failures;
    private long outageBegan;

    /**
     * Makes a session that connects with its first request.
     *
     * @param where the server, for the log
     * @param onRetry called before each repetition
     */
    RetryingSession(
            Session.Factory factory,
            RetryPolicy policy,
            Sleeper sleeper,
            String where,
            Runnable onRetry) {
        this.factory = factory;
        this.policy = policy;
        this.sleeper = sleeper;
        this.where = where;
        this.onRetry = onRetry;
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
            try {
                if (session == null) {
                    session = open();
                }
                T answer = request.send(session);
                recovered();
                return answer;
            } catch (SQLException | RuntimeException e) {
                // The driver reports an interrupt as a time-out and leaves the flag set.
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted while a request was under way");
                }
                TDengineError error = TDengineError.of(e);
                switch (error.kind()) {
                    case FATAL -> throw fatal(error, e);
                    case BAD_ROW -> {
                        recovered();
                        throw new RequestRefusedException(error, e);
                    }
                    case MISSING_TABLE -> throw new RequestRefusedException(error, e);
                    case TRANSIENT -> {
                        close();
                        if (reused && error.meansClosedConnection()) {
                            // It may have died long ago while idle: no news of the server.
                            LOG.debug("Connection to TDengine at {} is gone: {}", where, error);
                            onRetry.run();
                        } else {
                            pause(error.toString());
                        }
                    }
                }
            }
        }
    }

    /**
     * Sends a request once, for callers that have another way.
     *
     * @throws RequestRefusedException with whatever error there is; after a transient one the
     *     connection is given up
     * @throws IOException if repeating is of no use
     * @throws InterruptedException if the thread was interrupted
     */
    <T> T attempt(Request<T> request)
            throws InterruptedException, IOException, RequestRefusedException {
        try {
            if (session == null) {
                session = open();
            }
            T answer = request.send(session);
            recovered();
            return answer;
        } catch (SQLException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while a request was under way");
            }
            TDengineError error = TDengineError.of(e);
            if (error.kind() == TDengineError.Kind.FATAL) {
                throw fatal(error, e);
            }
            if (error.kind() == TDengineError.Kind.TRANSIENT) {
                close();
            }
            throw new RequestRefusedException(error, e);
        }
    }

    private Session open() throws SQLException, IOException {
        try {
            return factory.open();
        } catch (IllegalArgumentException e) {
            // A reference in the settings that cannot be resolved on this machine.
            throw new IOException(e.getMessage(), e);
        }
    }

    private IOException fatal(TDengineError error, Exception cause) {
        return new IOException(
                "TDengine at "
                        + where
                        + " refuses: "
                        + error
                        + ". Repeating is of no use; check user, password or token, the user's"
                        + " rights and the server's version.",
                cause);
    }

    /** Waits before the caller's next attempt and says once per outage what is wrong. */
    void pause(String problem) throws InterruptedException {
        if (failures++ == 0) {
            outageBegan = System.nanoTime();
            LOG.warn(
                    "Cannot write to TDengine at {}: {}. Nothing is lost: it is tried again until"
                            + " it works, and meanwhile the source is held back.",
                    where,
                    problem);
        }
        sleeper.sleep(policy.delay(failures, random));
        onRetry.run();
    }

    private void recovered() {
        if (failures > 0) {
            LOG.info(
                    "TDengine at {} answers again after {} s and {} attempts.",
                    where,
                    Duration.ofNanos(System.nanoTime() - outageBegan).toSeconds(),
                    failures);
            failures = 0;
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
