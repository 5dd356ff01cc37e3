package io.millrace.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Speaks Flink's REST API. Thread-safe. */
public final class FlinkRest {
    /** What Flink shows instead of a value that may be secret. */
    private static final String HIDDEN = "******";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;

    /** The API at this address, such as {@code http://127.0.0.1:8081}. */
    public FlinkRest(URI base) {
        this.base = base;
    }

    /** The address of the API. */
    public URI base() {
        return base;
    }

    /**
     * Gets a resource.
     *
     * @param path such as {@code /jobs/overview}, encoded
     * @throws FlinkUnreachableException if Flink does not answer
     * @throws FlinkAnswerException if it answers with an error
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(text(path));
    }

    /** The cluster's configuration, without what Flink hides. */
    public Map<String, String> configuration() throws IOException, InterruptedException {
        Map<String, String> configuration = new HashMap<>();
        for (JsonNode entry : get("/jobmanager/config")) {
            String value = entry.path("value").asText();
            if (!value.equals(HIDDEN)) {
                configuration.put(entry.path("key").asText(), value);
            }
        }
        return configuration;
    }

    /** Gets a text, such as a log. */
    public String text(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** Asks for something to be done. */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return json.readTree(send("POST", path, BodyPublishers.ofString(body.toString())));
    }

    /** Changes a resource. */
    public void patch(String path) throws IOException, InterruptedException {
        send("PATCH", path, BodyPublishers.noBody());
    }

    private String send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new FlinkUnreachableException(base, e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new FlinkAnswerException(
                    base, path, response.statusCode(), errorText(response.body()));
        }
        return response.body();
    }

    /** Flink's errors are JSON with stack traces in it; the first one alone tells what it is. */
    private String errorText(String body) {
        try {
            String text = json.readTree(body).path("errors").path(0).asText();
            String trace = json.readTree(body).path("errors").path(1).asText();
            if (!trace.isBlank()) {
                return RootCause.of(trace.replaceFirst("^<[^\\n]*\\n", ""));
            }
            return text.isBlank() ? body : RootCause.of(text);
        } catch (IOException e) {
            return body;
        }
    }
}
