package io.millrace.devkit.tdengine;

import io.millrace.devkit.tdengine.engine.Engine;
import io.millrace.devkit.tdengine.wire.Credentials;
import io.millrace.devkit.tdengine.wire.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that speaks taosAdapter's WebSocket and REST protocols well enough for TDengine's own
 * JDBC driver and for curl. For development and tests only: it says so in its log and in {@code
 * SELECT server_version()}. It keeps what it is given in memory or in a folder, by means of H2.
 *
 * <pre>{@code
 * try (DevelopmentServer server = DevelopmentServer.builder().start()) {
 *     DriverManager.getConnection(server.jdbcUrl(), "root", "taosdata");
 * }
 * }</pre>
 *
 * <p>What it has not, it refuses with code 0xffff and says so: schemaless writing, subscriptions,
 * joins, windows other than INTERVAL, FILL, users, topics, streams, functions on GEOMETRY, and
 * rarer functions. It has one vnode, so that an INSERT is written wholly or not at all, and rows
 * older than KEEP are refused when they come but not removed when they grow old.
 *
 * <p>Thread-safe.
 */
public final class DevelopmentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentServer.class);

    private final String host;
    private final Faults faults = new Faults();
    private final Engine engine;
    private final Listener listener;

    private DevelopmentServer(Builder builder) {
        host = builder.host;
        engine = new Engine(builder.folder, builder.zone);
        Credentials credentials =
                new Credentials(builder.username, builder.password, builder.token);
        try {
            listener = new Listener(host, builder.port, engine, credentials, faults.gate());
        } catch (IOException taken) {
            engine.close();
            throw new UncheckedIOException(taken);
        }
        LOG.warn(
                "DEVELOPMENT ONLY: Millrace's TDengine-compatible development server listens on {}."
                        + " Its data is {}. Do not use it in production.",
                url(),
                builder.folder == null
                        ? "in memory and gone when it ends"
                        : "in " + builder.folder);
    }

    /** A server on a free port of 127.0.0.1, in memory, with TDengine's default user. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address it listens on. */
    public String host() {
        return host;
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** URL for TDengine's JDBC driver, without user and password. */
    public String jdbcUrl() {
        return "jdbc:TAOS-WS://" + host + ":" + port() + "/";
    }

    /** URL for REST. */
    public String url() {
        return "http://" + host + ":" + port();
    }

    /** Makes it misbehave. */
    public Faults faults() {
        return faults;
    }

    /** Closes all connections and ends. */
    @Override
    public void close() {
        faults.close();
        listener.close();
        engine.close();
    }

    /** Settings of a server. Not thread-safe. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private Path folder;
        private ZoneId zone = ZoneOffset.UTC;
        private String username = "root";
        private String password = "taosdata";
        private String token;

        private Builder() {}

        /** The address to listen on; by default 127.0.0.1, which others cannot reach. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** The port; 0, the default, takes a free one. TDengine's own is 6041. */
        public Builder port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException(
                        "Port " + number + "; allowed are 0 (any) to 65535.");
            }
            port = number;
            return this;
        }

        /**
         * Keeps data in a folder, and finds it there again. Null, the default, keeps it in memory.
         */
        public Builder folder(Path path) {
            folder = path;
            return this;
        }

        /**
         * The zone of times in statements that name none, unless a connection brings its own; by
         * default UTC, like TDengine in a container, and not the zone of this JVM.
         */
        public Builder zone(ZoneId id) {
            zone = id;
            return this;
        }

        /** The one user; by default root with the password taosdata. */
        public Builder credentials(String name, String word) {
            username = name;
            password = word;
            return this;
        }

        /** A token that clients may show instead, as with TDengine Cloud. Null for none. */
        public Builder token(String value) {
            token = value;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws UncheckedIOException if the port is taken
         */
        public DevelopmentServer start() {
            return new DevelopmentServer(this);
        }
    }
}
