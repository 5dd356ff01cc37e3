package io.millrace.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Asks a TDengine over REST, as a person with curl would. Thread-safe. */
final class TDengineRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final String authorization;

    TDengineRest(String url, String user, String password) {
        address = URI.create(url + "/rest/sql?tz=" + ZoneId.systemDefault());
        authorization =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Rows as text.
     *
     * @param columns their names
     */
    record Rows(List<String> columns, List<List<String>> values) {}

    /** Executes the statements of a script one after the other. */
    void execute(String script) throws IOException, InterruptedException {
        String withoutComments = script.replaceAll("(?m)^\\s*--.*$", "");
        for (String statement : withoutComments.split(";")) {
            if (!statement.isBlank()) {
                query(statement.strip());
            }
        }
    }

    /**
     * Executes one statement.
     *
     * @throws IOException if the server does not answer, or with an error; it does that with the
     *     HTTP status of a success
     */
    Rows query(String sql) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = json.readTree(response.body());
        if (answer.path("code").asInt(-1) != 0) {
            throw new IOException(
                    "TDengine refused '%s': %s".formatted(sql, answer.path("desc").asText()));
        }
        List<String> columns = new ArrayList<>();
        answer.path("column_meta").forEach(column -> columns.add(column.path(0).asText()));
        List<List<String>> values = new ArrayList<>();
        for (JsonNode row : answer.path("data")) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? "NULL" : cell.asText()));
            values.add(cells);
        }
        return new Rows(columns, values);
    }

    /** Asks for one number. */
    long number(String sql) throws IOException, InterruptedException {
        return Long.parseLong(query(sql).values().get(0).get(0));
    }
}
