package io.millrace.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One conformance vector: a call and what EMQX answers.
 *
 * @param arguments texts, longs, doubles, or null for a value that is missing
 * @param error EMQX's error head, or null if there is a result
 */
public record Vector(
        String id, String function, List<Object> arguments, JsonNode result, String error) {
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)");
    private static final Pattern ARGUMENT =
            Pattern.compile("'([^']*)'|payload\\.(\\w+)|(-?\\d+)|,\\s*");

    /** Reads the date-time group, without functions that have no meaning outside of EMQX. */
    public static List<Vector> dateTime() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in =
                Vector.class.getResourceAsStream("/vectors/functions-date-time.jsonl")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                vectors.add(parse(json.readTree(line)));
            }
        }
        vectors.removeIf(vector -> vector.function.equals("mongo_date"));
        return vectors;
    }

    private static Vector parse(JsonNode node) {
        Matcher call = CALL.matcher(node.get("fn").asText());
        if (!call.matches()) {
            throw new IllegalArgumentException("Not a direct call: " + node);
        }
        JsonNode expect = node.get("expect");
        return new Vector(
                node.get("id").asText(),
                call.group(1),
                arguments(call.group(2), node.get("message").get("payload")),
                expect.get("result"),
                expect.get("ok").asBoolean() ? null : expect.get("error").asText());
    }

    private static List<Object> arguments(String text, JsonNode payload) {
        List<Object> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            if (matcher.group(1) != null) {
                arguments.add(matcher.group(1));
            } else if (matcher.group(2) != null) {
                arguments.add(value(payload.get(matcher.group(2))));
            } else if (matcher.group(3) != null) {
                arguments.add(Long.valueOf(matcher.group(3)));
            }
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("Not understood: " + text.substring(end));
        }
        return arguments;
    }

    private static Object value(JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return node.asText();
        }
        return node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
    }

    /** Whether an argument is missing: SQL has NULL for that, and NULL gives NULL. */
    public boolean hasMissingArgument() {
        return arguments.contains(null);
    }

    /** The result as Java has it: a text or a long. */
    public Object expected() {
        return result.isTextual() ? (Object) result.asText() : (Object) result.asLong();
    }

    /** The call as Flink SQL. */
    public String sql() {
        List<String> literals = new ArrayList<>();
        for (Object argument : arguments) {
            literals.add(
                    argument instanceof String text
                            ? "'" + text.replace("'", "''") + "'"
                            : String.valueOf(argument));
        }
        return function + "(" + String.join(", ", literals) + ")";
    }

    @Override
    public String toString() {
        return id + ": " + sql();
    }
}
