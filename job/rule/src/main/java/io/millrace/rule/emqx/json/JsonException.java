package io.millrace.rule.emqx.json;

/** Bytes are no JSON. Without a stack trace: bad data may raise one per message. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonException(String message, int offset) {
        super(message + " at byte " + (offset + 1), null, false, false);
    }
}
