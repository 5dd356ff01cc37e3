package io.millrace.tdengine.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to connect, read from any of the forms that users have.
 *
 * @param endpoints {@code host:port}, at least one
 * @param ssl whether to use TLS
 * @param database the database in the URL's path, null if none; in lower case, as the driver has it
 * @param parameters other parameters of the driver
 */
record TDengineUrl(
        List<String> endpoints, boolean ssl, String database, Map<String, String> parameters) {

    static final String ALLOWED =
            "'jdbc:TAOS-WS://host:6041[,host2:6041]/[database]', 'http://host:6041', "
                    + "'ws://host:6041' or, for TLS, 'https://host' and 'wss://host'";

    private static final Pattern FORM =
            Pattern.compile("(?i)(jdbc:[a-z-]+|https?|wss?)://([^/?#]*)(/[^?#]*)?(?:\\?(.*))?");
    private static final Pattern ENDPOINT =
            Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+]|[^:\\[\\]\\s]+)(?::(\\d{1,5}))?");

    /** What this connector sets itself; another value would break its guarantees. */
    private static final Set<String> OWN =
            Set.of(
                    "enableautoreconnect",
                    "retrytimes",
                    "messagewaittimeout",
                    "httpconnecttimeout",
                    "asyncwrite",
                    "pbsmode",
                    "batchfetch",
                    "batcherrorignore");

    /**
     * Reads a URL that holds no user, password or token any more.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    static TDengineUrl parse(String text) {
        String[] urls = UrlSecrets.split(text);
        TDengineUrl all = parseOne(urls[0]);
        for (int i = 1; i < urls.length; i++) {
            all = all.and(parseOne(urls[i]), text);
        }
        return all;
    }

    /** Joins what two URLs of one list say. */
    private TDengineUrl and(TDengineUrl other, String text) {
        boolean oneDatabase =
                database == null || other.database == null || database.equals(other.database);
        if (ssl != other.ssl || !oneDatabase) {
            throw new IllegalArgumentException(
                    "URL '"
                            + text
                            + "' lists addresses of one cluster that differ in "
                            + (oneDatabase ? "their use of TLS" : "the database")
                            + "; make them the same.");
        }
        List<String> joined = new ArrayList<>(endpoints);
        other.endpoints.stream().filter(e -> !joined.contains(e)).forEach(joined::add);
        Map<String, String> merged = new LinkedHashMap<>(other.parameters);
        merged.putAll(parameters);
        return new TDengineUrl(
                List.copyOf(joined),
                ssl,
                database != null ? database : other.database,
                Map.copyOf(merged));
    }

    private static TDengineUrl parseOne(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "URL '" + text + "' is not understood; allowed are " + ALLOWED + ".");
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        boolean jdbc = scheme.startsWith("jdbc:");
        if (scheme.equals("jdbc:taos") || scheme.equals("jdbc:tsdb")) {
            throw new IllegalArgumentException(
                    "URL '"
                            + text
                            + "' asks for the native driver, which needs TDengine's client library. "
                            + "Use WebSocket: jdbc:TAOS-WS://host:6041/ (taosAdapter's port).");
        }
        if (jdbc && !scheme.equals("jdbc:taos-ws") && !scheme.equals("jdbc:taos-rs")) {
            throw new IllegalArgumentException(
                    "URL '" + text + "' is no URL of TDengine; allowed are " + ALLOWED + ".");
        }
        Map<String, String> parameters = parameters(text, matcher.group(4));
        String useSsl = parameters.remove("useSSL");
        boolean ssl =
                useSsl == null
                        ? scheme.equals("https") || scheme.equals("wss")
                        : Boolean.parseBoolean(useSsl);
        return new TDengineUrl(
                endpoints(text, matcher.group(2), ssl ? 443 : 6041),
                ssl,
                database(text, matcher.group(3)),
                Map.copyOf(parameters));
    }

    private static Map<String, String> parameters(String text, String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                continue;
            }
            String key = pair.substring(0, equals);
            if (OWN.contains(key.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "URL '"
                                + text
                                + "' sets '"
                                + key
                                + "', which the connector sets itself. Remove it; time-outs are the"
                                + " options 'connect-timeout' and 'request-timeout'.");
            }
            parameters.put(key, pair.substring(equals + 1));
        }
        return parameters;
    }

    private static List<String> endpoints(String text, String authority, int defaultPort) {
        List<String> endpoints = new ArrayList<>();
        for (String endpoint : authority.split(",", -1)) {
            Matcher matcher = ENDPOINT.matcher(endpoint.trim());
            int port =
                    matcher.matches() && matcher.group(2) != null
                            ? Integer.parseInt(matcher.group(2))
                            : defaultPort;
            if (!matcher.matches() || port < 1 || port > 65535) {
                throw new IllegalArgumentException(
                        "URL '"
                                + text
                                + "' has no valid host and port in '"
                                + endpoint
                                + "'; allowed are "
                                + ALLOWED
                                + ".");
            }
            endpoints.add(matcher.group(1) + ":" + port);
        }
        return List.copyOf(endpoints);
    }

    private static String database(String text, String path) {
        // Users copy the paths of taosAdapter's interfaces as well.
        String name = path == null ? "" : path.replaceFirst("^/(rest/sql|ws)(?=/|$)", "").strip();
        name = name.replaceAll("^/+|/+$", "");
        if (name.contains("/")) {
            throw new IllegalArgumentException(
                    "URL '" + text + "' has a path that is no database; allowed are " + ALLOWED);
        }
        return name.isEmpty() ? null : name.toLowerCase(Locale.ROOT);
    }

    /**
     * The URL for the driver: one endpoint only, everything else goes into properties. The driver
     * is never told of the others: what it believes of their health it keeps for the whole JVM, and
     * long after it has changed.
     */
    static String toJdbc(String endpoint) {
        return "jdbc:TAOS-WS://" + endpoint + "/";
    }
}
