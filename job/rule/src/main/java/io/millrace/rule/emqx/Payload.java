package io.millrace.rule.emqx;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.json.JsonException;
import io.millrace.rule.emqx.json.JsonReader;
import java.util.Arrays;

/**
 * The payload of a message, decoded when the rule asks for it and once at most. Used by one thread.
 */
final class Payload {
    private static final int SHOWN = 60;

    private final PayloadPlan plan;
    private final Object[] members;
    private byte[] bytes;
    private Object text;
    private boolean hasMembers;
    private Object decoded;
    private boolean isDecoded;

    Payload(PayloadPlan plan) {
        this.plan = plan;
        this.members = new Object[plan.members().size()];
    }

    void begin(byte[] payload) {
        bytes = payload;
        text = null;
        hasMembers = false;
        decoded = null;
        isDecoded = false;
    }

    boolean exists() {
        return bytes != null;
    }

    /** The payload as it came. */
    Object text() {
        if (text == null && bytes != null) {
            text = Bytes.value(bytes);
        }
        return text;
    }

    /** A member on a known path. */
    Object member(int slot) {
        if (!hasMembers) {
            readMembers();
        }
        return members[slot];
    }

    private void readMembers() {
        if (bytes == null) {
            Arrays.fill(members, null);
        } else {
            try {
                plan.members().read(bytes, members);
            } catch (JsonException e) {
                throw failure(e, bytes);
            }
        }
        hasMembers = true;
    }

    /** The whole payload, decoded. */
    Object whole() {
        return bytes == null ? null : decode(bytes);
    }

    /**
     * Decodes a value that stands for the payload, if it is a text. Whatever was decoded first is
     * the answer for the rest of the evaluation, as EMQX has it.
     */
    Object decoded(Object value) {
        byte[] raw = Bytes.of(value);
        return raw == null ? value : decode(raw);
    }

    private Object decode(byte[] raw) {
        if (!isDecoded) {
            try {
                decoded = JsonReader.read(raw);
            } catch (JsonException e) {
                throw failure(e, raw);
            }
            isDecoded = true;
        }
        return decoded;
    }

    private static FunctionException failure(JsonException cause, byte[] raw) {
        String shown = Bytes.value(raw).toString();
        return new FunctionException(
                "decode_json_failed",
                "The payload is no JSON: %s. It begins with '%s'."
                        .formatted(
                                cause.getMessage(),
                                shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN)));
    }
}
