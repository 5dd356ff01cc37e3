package io.millrace.mqtt.source.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.ReceivedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes dead letters of messages that cannot be decoded. Stateless. */
final class Undecodable {
    /** The text is for people; the Base64 form beside it is whole. */
    private static final int MAX_TEXT = 64 * 1024;

    private Undecodable() {}

    static DeadLetter letter(
            ReceivedMessage message,
            String publisher,
            String session,
            List<String> rules,
            Exception cause) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("topic", message.topic());
        details.put("clientid", publisher);
        details.put("session", session);
        details.put("packet_id", message.packetId());
        details.put("qos", message.qos());
        details.put("rules", rules);
        details.put("received_at", Instant.ofEpochMilli(message.receivedAt()).toString());
        details.put("payload", text(message.payload()));
        details.put("payload_base64", message.payload());
        return new DeadLetter(Instant.now(), "mqtt", reason(cause), details);
    }

    /** The payload as text, shortened if need be; null if it is no UTF-8. */
    private static String text(byte[] payload) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
            return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The message of the exception and, if it says something else, that of its root cause. */
    static String reason(Exception exception) {
        Throwable root = exception;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = describe(exception);
        return root == exception || reason.contains(describe(root))
                ? reason
                : reason + " Cause: " + describe(root);
    }

    private static String describe(Throwable throwable) {
        return throwable.getMessage() == null || throwable.getMessage().isBlank()
                ? throwable.getClass().getSimpleName()
                : throwable.getMessage();
    }
}
