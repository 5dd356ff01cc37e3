package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineError;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks short questions over one connection and repeats them over transient errors, each time on a
 * new one. For one thread; interrupting it ends any wait.
 */
public final class RetryingReads implements AutoCloseable {

    /** A question. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(TDengineConnection connection) throws SQLException;
    }

    private final TDengineConnectionSettings settings;
    private final Outage outage;
    private TDengineConnection connection;

    public RetryingReads(TDengineConnectionSettings settings, ReadRetries retries) {
        this.settings = settings;
        this.outage = new Outage(retries, settings.url(), System::nanoTime);
    }

    /**
     * Asks until there is an answer.
     *
     * @throws IOException if the error will not pass or has lasted too long
     * @throws InterruptedException if the thread was interrupted
     */
    public <T> T ask(Question<T> question) throws IOException, InterruptedException {
        while (true) {
            boolean reused = connection != null;
            try {
                if (connection == null) {
                    connection = TDengineConnection.open(settings);
                }
                T answer = question.ask(connection);
                outage.recovered();
                return answer;
            } catch (ReadRefusedException | IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            } catch (SQLException | RuntimeException e) {
                // The driver reports an interrupt as a time-out and leaves the flag set.
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted while a request was under way");
                }
                TDengineError error = TDengineError.of(e);
                if (error.kind() != TDengineError.Kind.TRANSIENT) {
                    throw new IOException(ReadErrors.describe(error, settings.url()), e);
                }
                close();
                if (!reused || !error.meansClosedConnection()) {
                    Optional<Duration> wait = outage.failed(error.toString());
                    if (wait.isEmpty()) {
                        throw new IOException(outage.message(error.toString()), e);
                    }
                    Thread.sleep(wait.get().toMillis());
                }
            }
        }
    }

    /** Gives the connection up; the next question opens another. */
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
