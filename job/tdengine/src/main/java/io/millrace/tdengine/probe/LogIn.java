package io.millrace.tdengine.probe;

import io.millrace.common.probe.Finding;
import io.millrace.tdengine.client.AdapterHandshake;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineError;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.SQLException;

/** Finds out whether there is a taosAdapter and whether it lets the user in. For one thread. */
final class LogIn {
    private final TDengineProbeRequest request;
    private final TDengineConnectionSettings.Route route;
    private final String address;
    private TDengineConnection connection;

    LogIn(TDengineProbeRequest request, TDengineConnectionSettings.Route route, String address) {
        this.request = request;
        this.route = route;
        this.address = address;
    }

    /** The connection; there after {@link #open} was good. */
    TDengineConnection connection() {
        return connection;
    }

    /** A wrong URL and a wrong token look the same to the driver; the WebSocket's answer tells. */
    Finding adapter() throws InterruptedException {
        if (!route.verifies()) {
            return Finding.unknown("not asked, since the certificate is not looked at", "");
        }
        int status;
        try {
            status =
                    AdapterHandshake.status(request.connection(), address, null, request.timeout());
        } catch (IOException e) {
            return Finding.bad(
                    address + " answers, but not as a web server: " + e.getMessage(),
                    "Is that taosAdapter's port (usually 6041, not 6030), and does 'url' say https://"
                            + " where there is TLS?");
        }
        return switch (status) {
            case AdapterHandshake.TAKEN_UP -> Finding.good("takes WebSockets at /ws");
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                    route.username().isEmpty()
                            ? Finding.bad(
                                    "the token is refused (HTTP status " + status + ")",
                                    "Copy it again from TDengine Cloud, and see that it is of the"
                                            + " instance that 'url' names and has not expired.")
                            : Finding.bad(
                                    "the server wants a token (HTTP status " + status + ")",
                                    "TDengine Cloud takes the option 'token' instead of 'username'"
                                            + " and 'password'.");
            case HttpURLConnection.HTTP_NOT_FOUND ->
                    Finding.bad(
                            "there is a web server, but no taosAdapter (HTTP status 404)",
                            "Check host and port of 'url': taosAdapter is usually at 6041, the"
                                    + " Explorer's pages are at 6060. For TDengine Cloud copy the"
                                    + " URL of its page 'Programming'.");
            default ->
                    Finding.bad(
                            "the WebSocket is refused (HTTP status " + status + ")",
                            status >= HttpURLConnection.HTTP_INTERNAL_ERROR
                                    ? "taosAdapter, or what stands in front of it, is not well; see"
                                            + " its log."
                                    : "Does a proxy in front of it let WebSockets pass?");
        };
    }

    Finding open(int number) {
        try {
            connection = TDengineConnection.open(request.connection(), number);
            return Finding.good(
                    route.username().map(user -> "user '" + user + "'").orElse("the token")
                            + " is let in");
        } catch (SQLException e) {
            TDengineError error = TDengineError.of(e);
            return Finding.bad(
                    error.toString(),
                    switch (error.kind()) {
                        case FATAL -> capitalized(error.advice());
                        case MISSING_TABLE -> "Does the database in 'url' exist?";
                        default ->
                                "taosAdapter is there; is TDengine itself (taosd) running behind"
                                        + " it?";
                    });
        }
    }

    private static String capitalized(String advice) {
        return Character.toUpperCase(advice.charAt(0)) + advice.substring(1);
    }
}
