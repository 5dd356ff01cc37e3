package io.millrace.tdengine.client;

import io.millrace.common.Secret;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Finds out whether a connection failed because of its token. A gateway answers a wrong one with an
 * HTTP status to the handshake, of which the driver (3.7.9) only says that it cannot connect, as if
 * the server were down. Stateless.
 */
final class TokenCheck {
    private static final int CANNOT_CONNECT = 0x231D;
    private static final int AUTHENTICATION_FAILURE = 0x0357;

    private TokenCheck() {}

    /**
     * Asks again, without the driver.
     *
     * @throws SQLException that {@link TDengineError} takes for wrong credentials, if they are
     */
    static void throwIfRefused(
            String endpoint, boolean ssl, Secret token, Duration timeout, SQLException failure)
            throws SQLException {
        if (TDengineError.of(failure).code() != CANNOT_CONNECT) {
            return;
        }
        int status = status(endpoint, ssl, token, (int) timeout.toMillis());
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED
                || status == HttpURLConnection.HTTP_FORBIDDEN) {
            throw new SQLException(
                    "(0x%x):the token is refused by %s (HTTP status %d)"
                            .formatted(AUTHENTICATION_FAILURE, endpoint, status),
                    "",
                    AUTHENTICATION_FAILURE,
                    failure);
        }
    }

    private static int status(String endpoint, boolean ssl, Secret token, int timeoutMillis) {
        HttpURLConnection connection = null;
        try {
            URI uri =
                    URI.create(
                            (ssl ? "https://" : "http://")
                                    + endpoint
                                    + "/ws?token="
                                    + URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8));
            connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            return connection.getResponseCode();
        } catch (IOException | IllegalArgumentException e) {
            // The server is down after all; its message is not shown, since it may quote the URL.
            return -1;
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
}
