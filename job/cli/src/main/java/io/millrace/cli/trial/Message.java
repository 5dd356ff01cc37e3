package io.millrace.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.DidYouMean;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.rule.RuleException;
import io.millrace.rule.trial.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as a person writes it; what is null is filled in by {@link SampleMaker}.
 *
 * @param payload bytes as a broker would bring them
 * @param clientid becomes the user property of that name
 */
public record Message(
        String topic,
        byte[] payload,
        Integer qos,
        Boolean retain,
        Instant receivedAt,
        String clientid,
        Map<String, String> userProperties,
        String contentType,
        String responseTopic,
        byte[] correlationData,
        Long messageExpiry) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEYS =
            List.of(
                    "topic",
                    "payload",
                    "payloadBase64",
                    "qos",
                    "retain",
                    "receivedAt",
                    "clientid",
                    "userProperties",
                    "contentType",
                    "responseTopic",
                    "correlationDataBase64",
                    "messageExpiry");

    /** A payload and nothing else. */
    public static Message payload(String text) {
        return new Message(
                null,
                text.getBytes(UTF_8),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                null);
    }

    /** Whether a JSON value is a message and no payload. */
    static boolean isOne(JsonNode node) {
        if (!node.isObject() || !(node.has("payload") || node.has("payloadBase64"))) {
            return false;
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (!KEYS.contains(names.next())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a message.
     *
     * @param place for errors
     * @throws RuleException if it is none; says why
     */
    static Message of(JsonNode node, String place) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw new RuleException(
                        "%s: A message has no '%s'; there are %s.%s"
                                .formatted(
                                        place,
                                        name,
                                        String.join(", ", KEYS),
                                        DidYouMean.hint(KEYS, name)));
            }
        }
        Integer qos = node.has("qos") ? node.get("qos").asInt(-1) : null;
        if (qos != null && (qos < 0 || qos > 2)) {
            throw new RuleException(
                    "%s: 'qos' is %s; allowed are 0, 1 and 2.".formatted(place, node.get("qos")));
        }
        Map<String, String> properties = new LinkedHashMap<>();
        node.path("userProperties")
                .properties()
                .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
        return new Message(
                text(node, "topic"),
                payload(node, place),
                qos,
                node.has("retain") ? node.get("retain").asBoolean() : null,
                time(text(node, "receivedAt"), place),
                text(node, "clientid"),
                properties,
                text(node, "contentType"),
                text(node, "responseTopic"),
                bytes(node.get("correlationDataBase64"), place),
                node.has("messageExpiry") ? node.get("messageExpiry").asLong() : null);
    }

    private static byte[] payload(JsonNode node, String place) {
        if (node.has("payloadBase64")) {
            return bytes(node.get("payloadBase64"), place);
        }
        JsonNode payload = node.path("payload");
        return (payload.isTextual() ? payload.asText() : payload.toString()).getBytes(UTF_8);
    }

    private static byte[] bytes(JsonNode node, String place) {
        try {
            return node == null ? null : node.binaryValue();
        } catch (IOException e) {
            throw new RuleException("%s: '%s' is no Base64.".formatted(place, node.asText()), e);
        }
    }

    private static String text(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.get(key).asText() : null;
    }

    private static Instant time(String text, String place) {
        try {
            return text == null ? null : Times.parse(text);
        } catch (DateTimeParseException e) {
            throw new RuleException(
                    "%s: 'receivedAt' is '%s'; allowed are times such as 2026-01-01T12:00:00Z."
                            .formatted(place, text),
                    e);
        }
    }

    /** A message that came from a broker. */
    static Message of(ReceivedMessage received) {
        Map<String, String> properties = new LinkedHashMap<>();
        received.properties()
                .userProperties()
                .forEach(entry -> properties.putIfAbsent(entry.getKey(), entry.getValue()));
        return new Message(
                received.topic(),
                received.payload(),
                received.qos(),
                received.retained(),
                Instant.ofEpochMilli(received.receivedAt()),
                null,
                properties,
                received.properties().contentType(),
                received.properties().responseTopic(),
                received.properties().correlationData(),
                received.properties().messageExpiry());
    }

    /** A message as it was tried. */
    static Message of(Sample sample) {
        return new Message(
                sample.topic(),
                sample.payload(),
                sample.qos(),
                sample.retain(),
                sample.receivedAt(),
                null,
                sample.userProperties(),
                sample.contentType(),
                sample.responseTopic(),
                sample.correlationData(),
                sample.messageExpiry());
    }

    /** The payload as JSON, if it is that; else as text; null if it is no text. */
    static JsonNode readable(byte[] payload) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(text);
            // Only what is the same again when it is written.
            if (!node.isMissingNode() && !node.isTextual()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Then it is a text.
        }
        return JSON.getNodeFactory().textNode(text);
    }

    /** The message as {@link #of(JsonNode, String)} reads it. */
    ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        if (topic != null) {
            node.put("topic", topic);
        }
        JsonNode readable = readable(payload);
        if (readable == null) {
            node.put("payloadBase64", payload);
        } else {
            node.set("payload", readable);
        }
        if (qos != null && qos != 1) {
            node.put("qos", qos);
        }
        if (retain != null && retain) {
            node.put("retain", true);
        }
        if (receivedAt != null) {
            node.put("receivedAt", receivedAt.toString());
        }
        if (clientid != null) {
            node.put("clientid", clientid);
        }
        if (!userProperties.isEmpty()) {
            node.set("userProperties", JSON.valueToTree(userProperties));
        }
        if (contentType != null) {
            node.put("contentType", contentType);
        }
        if (responseTopic != null) {
            node.put("responseTopic", responseTopic);
        }
        if (correlationData != null) {
            node.put("correlationDataBase64", correlationData);
        }
        if (messageExpiry != null) {
            node.put("messageExpiry", messageExpiry);
        }
        return node;
    }
}
