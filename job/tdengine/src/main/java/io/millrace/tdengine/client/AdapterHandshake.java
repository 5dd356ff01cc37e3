package io.millrace.tdengine.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks whether taosAdapter, or the gateway of TDengine Cloud in front of it, takes up a WebSocket.
 * The driver (3.7.9) does not tell what a server answers that does not. Stateless.
 */
public final class AdapterHandshake {
    /** What HTTP answers to one that is taken up. */
    public static final int TAKEN_UP = 101;

    private AdapterHandshake() {}

    /**
     * Asks.
     *
     * @param endpoint one of the settings' own
     * @param tls what to trust; null for what the machine trusts
     * @return the HTTP status of the answer, {@link #TAKEN_UP} if all is well
     * @throws IOException if the answer is no HTTP, or none comes; no secret in the message
     */
    public static int status(
            TDengineConnectionSettings settings, String endpoint, SSLContext tls, Duration timeout)
            throws IOException, InterruptedException {
        TDengineConnectionSettings.Resolved resolved = settings.resolve();
        String token =
                resolved.token() == null
                        ? ""
                        : "?token="
                                + URLEncoder.encode(
                                        resolved.token().reveal(), StandardCharsets.UTF_8);
        URI uri =
                URI.create((resolved.url().ssl() ? "wss://" : "ws://") + endpoint + "/ws" + token);
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(timeout);
        if (tls != null) {
            client.sslContext(tls);
        }
        CompletableFuture<WebSocket> opening =
                client.build()
                        .newWebSocketBuilder()
                        .connectTimeout(timeout)
                        .buildAsync(uri, new WebSocket.Listener() {});
        try {
            opening.get(timeout.toMillis(), TimeUnit.MILLISECONDS).abort();
            return TAKEN_UP;
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            // The message of an exception with the address in it would show the token.
            throw new IOException(
                    resolved.token() == null
                            ? String.valueOf(e.getCause().getMessage())
                            : e.getCause().getClass().getSimpleName());
        }
    }
}
