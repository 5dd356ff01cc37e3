package io.millrace.devkit.tdengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TDengine that a test uses: the real one at {@code MILLRACE_TEST_TDENGINE_URL} ({@code
 * jdbc:TAOS-WS://127.0.0.1:6041/} or {@code http://127.0.0.1:6041}) if that variable is set, with
 * {@code MILLRACE_TEST_TDENGINE_USER} (root) and {@code MILLRACE_TEST_TDENGINE_PASSWORD}
 * (taosdata); else an embedded {@link DevelopmentServer}. Its own statements travel over REST.
 * Thread-safe.
 */
public final class TDengineUnderTest implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("(jdbc:[^/]+|https?):?//([^/?]+).*");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DevelopmentServer server;
    private final String address;
    private final String username;
    private final String password;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<String> databases = new CopyOnWriteArrayList<>();

    private TDengineUnderTest(
            DevelopmentServer server, String address, String username, String password) {
        this.server = server;
        this.address = address;
        this.username = username;
        this.password = password;
    }

    /** The server that the environment names, or a new embedded one. */
    public static TDengineUnderTest start() {
        String url = System.getenv("MILLRACE_TEST_TDENGINE_URL");
        if (url == null || url.isBlank()) {
            DevelopmentServer server = DevelopmentServer.builder().start();
            return new TDengineUnderTest(
                    server, server.host() + ":" + server.port(), "root", "taosdata");
        }
        return new TDengineUnderTest(
                null,
                address(url),
                Objects.requireNonNullElse(System.getenv("MILLRACE_TEST_TDENGINE_USER"), "root"),
                Objects.requireNonNullElse(
                        System.getenv("MILLRACE_TEST_TDENGINE_PASSWORD"), "taosdata"));
    }

    static String address(String url) {
        Matcher matcher = ADDRESS.matcher(url.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "MILLRACE_TEST_TDENGINE_URL is '"
                            + url
                            + "'; allowed are jdbc:TAOS-WS://host:port/ and http://host:port.");
        }
        String address = matcher.group(2);
        return address.contains(":") ? address : address + ":6041";
    }

    /** Whether this is the embedded server. */
    public boolean isEmbedded() {
        return server != null;
    }

    /**
     * The embedded server.
     *
     * @throws IllegalStateException if this is a real one
     */
    public DevelopmentServer server() {
        if (server == null) {
            throw new IllegalStateException(
                    "MILLRACE_TEST_TDENGINE_URL names a real server, which makes no faults to"
                            + " order. Ask isEmbedded() first.");
        }
        return server;
    }

    /** URL for TDengine's JDBC driver: {@code jdbc:TAOS-WS://host:port/}. */
    public String url() {
        return "jdbc:TAOS-WS://" + address + "/";
    }

    /** URL for REST: {@code http://host:port}. */
    public String restUrl() {
        return "http://" + address;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /**
     * Executes statements one after the other.
     *
     * @throws IllegalStateException if the server refuses one, with its code and text
     */
    public void execute(String... statements) {
        for (String statement : statements) {
            send(statement);
        }
    }

    /**
     * The rows of a query. Values are as JSON has them: Integer, Long, Double, Boolean, String;
     * times are RFC 3339 in UTC.
     *
     * @throws IllegalStateException if the server refuses it, with its code and text
     */
    public List<Map<String, Object>> query(String statement) {
        JsonNode answer = send(statement);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("data")) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                values.put(
                        answer.path("column_meta").path(i).path(0).asText(),
                        JSON.convertValue(row.get(i), Object.class));
            }
            rows.add(values);
        }
        return rows;
    }

    /** The rows of a query without the columns' names. */
    public List<List<Object>> rows(String statement) {
        return query(statement).stream()
                .<List<Object>>map(row -> new ArrayList<>(row.values()))
                .toList();
    }

    /**
     * Creates a database with a name of its own and drops it when this is closed.
     *
     * @param options what follows the name in CREATE DATABASE, such as {@code PRECISION 'ns'}
     * @return its name
     */
    public String freshDatabase(String options) {
        String name = "millrace_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        databases.add(name);
        execute("CREATE DATABASE " + name + " " + options);
        return name;
    }

    private JsonNode send(String statement) {
        String pair = username + ":" + password;
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(restUrl() + "/rest/sql"))
                        .timeout(PATIENCE)
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        pair.getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(statement))
                        .build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            int code = answer.path("code").asInt(-1);
            if (code != 0) {
                throw new IllegalStateException(
                        "TDengine at "
                                + address
                                + " refuses with 0x"
                                + Integer.toHexString(code)
                                + " ("
                                + answer.path("desc").asText()
                                + "): "
                                + statement);
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException("No answer from TDengine at " + address, broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while TDengine answers", stopping);
        }
    }

    /** Drops the databases made by {@link #freshDatabase} and ends the embedded server. */
    @Override
    public void close() {
        try {
            if (server != null) {
                server.faults().clear();
            }
            databases.forEach(name -> execute("DROP DATABASE IF EXISTS " + name));
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }
}
