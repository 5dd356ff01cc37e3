package io.millrace.tdengine.catalog;

import io.millrace.tdengine.client.Schemas;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.client.TableSchemas;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server about databases and tables, and changes them, over one connection that is opened
 * when first needed. What was found is remembered for some seconds, since planning one statement
 * asks for a table several times; what was not found is not, so that a table can be used as soon as
 * it is there.
 *
 * <p>Any number of threads may call; they take turns, and each turn is bounded by the time-outs of
 * the settings.
 */
final class ServerMetadata implements AutoCloseable {

    /** A question to the server. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Schemas schemas) throws SQLException;
    }

    /** Something to do over a connection. */
    @FunctionalInterface
    private interface Task<T> {
        T run(Link link) throws SQLException;
    }

    /** A connection to the server, and what can be asked over it. */
    interface Link extends AutoCloseable {
        Schemas schemas();

        /** Changes something. */
        void execute(String statement) throws SQLException;

        @Override
        void close();
    }

    /** Makes links. */
    @FunctionalInterface
    interface Opener {
        Link open(TDengineConnectionSettings settings) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerMetadata.class);
    private static final String READING = "read from";

    private record Remembered(Object answer, long expires) {}

    private final String catalog;
    private final TDengineConnectionSettings settings;
    private final long ttlNanos;
    private final LongSupplier nanoClock;
    private final Opener opener;

    /** All guarded by this object's lock. */
    private final Map<Object, Remembered> answers = new HashMap<>();

    private Link link;

    ServerMetadata(
            String catalog,
            TDengineConnectionSettings settings,
            Duration ttl,
            LongSupplier nanoClock,
            Opener opener) {
        this.catalog = catalog;
        this.settings = settings;
        this.ttlNanos = ttl.toNanos();
        this.nanoClock = nanoClock;
        this.opener = opener;
    }

    /** Connects to a server. */
    static Link connect(TDengineConnectionSettings settings) throws SQLException {
        TDengineConnection connection = TDengineConnection.open(settings);
        TableSchemas schemas = new TableSchemas(connection);
        return new Link() {
            @Override
            public Schemas schemas() {
                return schemas;
            }

            @Override
            public void execute(String statement) throws SQLException {
                connection.execute(statement);
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }

    /**
     * Answers from memory or asks.
     *
     * @param key what is asked; questions with equal keys are the same
     * @throws CatalogException if the server cannot be asked; no secret in the message
     */
    synchronized <T> Optional<T> find(Object key, Class<T> type, Question<Optional<T>> question) {
        answers.values().removeIf(answer -> answer.expires - nanoClock.getAsLong() <= 0);
        Remembered remembered = answers.get(key);
        if (remembered != null) {
            return Optional.of(type.cast(remembered.answer));
        }
        Optional<T> answer = run(used -> question.ask(used.schemas()), READING);
        answer.ifPresent(
                found -> answers.put(key, new Remembered(found, nanoClock.getAsLong() + ttlNanos)));
        return answer;
    }

    /**
     * Changes something and forgets all answers.
     *
     * @throws CatalogException if the server refuses or cannot be asked; no secret in the message
     */
    synchronized void change(String statement) {
        LOG.info("Catalog '{}' executes at {}: {}", catalog, settings.url(), statement);
        answers.clear();
        run(
                used -> {
                    used.execute(statement);
                    return statement;
                },
                "execute " + statement + " on");
        answers.clear();
    }

    /** Forgets all answers: who changes something must know what is there now. */
    synchronized void forget() {
        answers.clear();
    }

    private <T> T run(Task<T> task, String what) {
        boolean reused = link != null;
        try {
            return runOnce(task);
        } catch (SQLException e) {
            TDengineError error = TDengineError.of(e);
            boolean repeatable =
                    what.equals(READING)
                            ? error.kind() == TDengineError.Kind.TRANSIENT
                            : error.meansClosedConnection();
            if (reused && repeatable) {
                // The connection may have died while nobody used it; that is no news of the server.
                try {
                    return runOnce(task);
                } catch (SQLException again) {
                    throw failure(what, again);
                }
            }
            throw failure(what, e);
        }
    }

    private <T> T runOnce(Task<T> task) throws SQLException {
        try {
            if (link == null) {
                link = opener.open(settings);
            }
            return task.run(link);
        } catch (SQLException | RuntimeException e) {
            close();
            if (e instanceof IllegalArgumentException) {
                throw new CatalogException("Catalog '" + catalog + "': " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private CatalogException failure(String what, SQLException e) {
        TDengineError error = TDengineError.of(e);
        String advice =
                switch (error.kind()) {
                    case FATAL ->
                            "Check who connects (options 'username' and 'password', or 'token').";
                    case TRANSIENT ->
                            "Check option 'url' and that taosAdapter (usually port 6041) answers"
                                    + " there.";
                    default ->
                            what.equals(READING)
                                    ? "Check the user's rights."
                                    : "Nothing was changed by it.";
                };
        return new CatalogException(
                "Catalog '"
                        + catalog
                        + "' cannot "
                        + what
                        + " TDengine at "
                        + settings
                        + ": "
                        + error
                        + ". "
                        + advice,
                e);
    }

    /** Closes the connection, if there is one; the next question opens another. */
    @Override
    public synchronized void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }
}
