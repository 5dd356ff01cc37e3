package io.millrace.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads Flink's REST API. Thread-safe. */
public final class FlinkRest {
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
     * @throws IOException if Flink does not answer, or with an error
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    "Flink at "
                            + base
                            + " answered "
                            + response.statusCode()
                            + " to "
                            + path
                            + ": "
                            + response.body());
        }
        return json.readTree(response.body());
    }
}
