package io.millrace.rule.emqx;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.functions.value.Symbol;
import io.millrace.rule.emqx.json.JsonException;
import io.millrace.rule.emqx.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The message of a vector, with the columns that EMQX adds. */
final class VectorMessage implements EmqxMessage {
    private final Map<String, Object> columns = new LinkedHashMap<>();
    private final byte[] payload;
    private final String event;

    VectorMessage(JsonNode message) {
        message.properties().forEach(entry -> column(entry.getKey(), entry.getValue()));
        event = message.has("event") ? message.get("event").asText() : "message.publish";
        columns.put("event", new Symbol(event));
        if (event.equals("message.publish")) {
            columns.putIfAbsent("topic", "t/a");
        }
        columns.put("node", new Symbol(text(message, "node", "emqx@127.0.0.1")));
        columns.put("metadata", Map.of("rule_id", "vector"));
        payload = message.has("payload") ? bytes(message.get("payload")) : null;
    }

    private static String text(JsonNode message, String name, String fallback) {
        if (!message.has(name)) {
            return fallback;
        }
        JsonNode value = message.get(name);
        return value.has("$atom") ? value.get("$atom").asText() : value.asText();
    }

    private void column(String name, JsonNode value) {
        if (name.equals("payload")) {
            columns.put(name, null);
        } else {
            columns.put(name, value.isNull() ? null : read(value));
        }
    }

    private static Object read(JsonNode value) {
        if (value.has("$atom")) {
            return new Symbol(value.get("$atom").asText());
        }
        try {
            return JsonReader.read(value.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(JsonNode payload) {
        if (payload.isNull()) {
            return null;
        }
        if (payload.has("$hex")) {
            return HexFormat.of().parseHex(payload.get("$hex").asText());
        }
        String text = payload.isTextual() ? payload.asText() : payload.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a rule selects this message. Vectors of other events are always selected. */
    boolean isFor(EmqxRule rule) {
        return !event.equals("message.publish") || rule.matches((String) columns.get("topic"));
    }

    @Override
    public Object column(String name) {
        return columns.get(name);
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public Collection<String> columns() {
        return columns.keySet();
    }
}
