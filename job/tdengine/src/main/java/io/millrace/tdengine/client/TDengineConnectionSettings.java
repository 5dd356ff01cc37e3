package io.millrace.tdengine.client;

import io.millrace.common.Problems;
import io.millrace.common.References;
import io.millrace.common.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where TDengine is and who connects. Immutable; prints no secret.
 *
 * <p>Values may be references such as <code>${env.NAME}</code>; they are resolved when a connection
 * is made, on the machine that makes it.
 */
public final class TDengineConnectionSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env\\.|file:)[^}]+}");

    private final String url;
    private final String username;
    private final Secret password;
    private final Secret token;
    private final Duration connectTimeout;
    private final Duration requestTimeout;

    private TDengineConnectionSettings(Builder builder) {
        this.url = builder.url;
        this.username = builder.username;
        this.password = builder.password;
        this.token = builder.token;
        this.connectTimeout = builder.connectTimeout;
        this.requestTimeout = builder.requestTimeout;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The URL as given, without user, password and token: safe to print. */
    public String url() {
        return url;
    }

    /** Null if a token is used. */
    public String username() {
        return username;
    }

    /** Null if a token is used. */
    public Secret password() {
        return password;
    }

    /** Null if user and password are used. */
    public Secret token() {
        return token;
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration requestTimeout() {
        return requestTimeout;
    }

    /**
     * The database in the URL's path, in lower case as the driver has it; empty if there is none or
     * the URL is a reference.
     */
    public Optional<String> database() {
        return hasReference(url)
                ? Optional.empty()
                : Optional.ofNullable(TDengineUrl.parse(url).database());
    }

    /**
     * Where these settings lead, references resolved, and how.
     *
     * @throws IllegalArgumentException if a reference cannot be resolved or the URL behind it is
     *     wrong; no secret in the message
     */
    public Route route() {
        Resolved resolved = resolve();
        return new Route(
                resolved.url().endpoints(),
                resolved.url().ssl(),
                resolved.url().parameters().entrySet().stream()
                        .noneMatch(
                                parameter ->
                                        parameter.getKey().equals("disableSSLCertValidation")
                                                && Boolean.parseBoolean(parameter.getValue())),
                Optional.ofNullable(resolved.url().database()),
                resolved.token() == null ? Optional.of(resolved.username()) : Optional.empty());
    }

    /**
     * The way to a server.
     *
     * @param endpoints {@code host:port} each
     * @param tls whether it is encrypted
     * @param verifies whether the server's certificate is looked at
     * @param database the one in the URL
     * @param username empty if a token is used
     */
    public record Route(
            List<String> endpoints,
            boolean tls,
            boolean verifies,
            Optional<String> database,
            Optional<String> username) {}

    /**
     * Resolves the references: what is to be used for one connection, now, on this machine.
     *
     * @throws IllegalArgumentException if a reference cannot be resolved or the URL behind it is
     *     wrong; no secret in the message
     */
    Resolved resolve() {
        UrlSecrets parts = UrlSecrets.takeOut(References.resolve(url));
        Secret usedToken = token != null ? token : parts.token();
        String user = username != null ? References.resolve(username) : parts.username();
        Secret usedPassword = password != null ? password : parts.password();
        if (usedToken == null && (user == null || usedPassword == null)) {
            throw new IllegalArgumentException(
                    "URL '" + url + "' brings neither a token nor a user and a password.");
        }
        return new Resolved(TDengineUrl.parse(parts.text()), user, usedPassword, usedToken);
    }

    /** Values of one connection. */
    record Resolved(TDengineUrl url, String username, Secret password, Secret token) {}

    private static boolean hasReference(String text) {
        return REFERENCE.matcher(text).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TDengineConnectionSettings that
                && url.equals(that.url)
                && Objects.equals(username, that.username)
                && Objects.equals(password, that.password)
                && Objects.equals(token, that.token)
                && connectTimeout.equals(that.connectTimeout)
                && requestTimeout.equals(that.requestTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, username, password, token, connectTimeout, requestTimeout);
    }

    @Override
    public String toString() {
        return token != null ? url + " (token)" : url + " (user " + username + ")";
    }

    /** Gathers the values. Not thread-safe. */
    public static final class Builder {
        private String url;
        private String username;
        private Secret password;
        private Secret token;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(15);

        private Builder() {}

        /**
         * Where TDengine's taosAdapter listens. A user, password or token in the URL is moved to
         * where they belong, unless they are given separately.
         */
        public Builder url(String value) {
            UrlSecrets parts = UrlSecrets.takeOut(value.trim());
            url = parts.text();
            username = username != null ? username : parts.username();
            password = password != null ? password : parts.password();
            token = token != null ? token : parts.token();
            return this;
        }

        public Builder username(String value) {
            username = value;
            return this;
        }

        public Builder password(Secret value) {
            password = value;
            return this;
        }

        /** The token of TDengine Cloud, instead of user and password. */
        public Builder token(Secret value) {
            token = value;
            return this;
        }

        /** For TCP, TLS and handshake. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /**
         * For one request. After a lost connection a request waits this long before it is repeated,
         * since the driver does not notice earlier.
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        /** Adds what is wrong with the values. */
        public void check(Problems problems) {
            if (url == null || url.isBlank()) {
                problems.add("Option 'url' is missing; allowed are " + TDengineUrl.ALLOWED + ".");
            } else if (!hasReference(url)) {
                try {
                    TDengineUrl.parse(url);
                } catch (IllegalArgumentException e) {
                    problems.add("Option 'url': " + e.getMessage());
                }
            }
            boolean user = username != null || password != null;
            problems.require(
                    token == null || !user,
                    "Options 'token' and 'username'/'password' exclude each other; give one.");
            problems.require(
                    username == null || password != null,
                    "Option 'password' is missing for user '" + username + "'.");
            problems.require(
                    password == null || username != null,
                    "Option 'username' is missing; a password is given.");
            problems.require(
                    token != null || user || (url != null && hasReference(url)),
                    "Give options 'username' and 'password' (a new server has root and taosdata),"
                            + " or 'token' for TDengine Cloud.");
            checkTimeout(problems, "connect-timeout", connectTimeout);
            checkTimeout(problems, "request-timeout", requestTimeout);
        }

        private static void checkTimeout(Problems problems, String option, Duration value) {
            problems.require(
                    value.toMillis() >= 100 && value.toMillis() <= 3_600_000,
                    "Option '"
                            + option
                            + "' is "
                            + value.toMillis()
                            + " ms; allowed are 100 ms to 1 h.");
        }

        /**
         * Makes the settings.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public TDengineConnectionSettings build() {
            Problems problems = new Problems();
            check(problems);
            problems.throwIfAny(IllegalArgumentException::new);
            return new TDengineConnectionSettings(this);
        }
    }
}
