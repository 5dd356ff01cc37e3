package io.millrace.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** What the dead letters of source and sink say alike. Stateless. */
public final class LetterTexts {
    /** The text is for people; the Base64 form beside it is whole. */
    private static final int MAX_TEXT = 64 * 1024;

    private LetterTexts() {}

    /** The payload as text, shortened if need be; null if it is no UTF-8. */
    public static String payload(byte[] payload) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
            return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The message of the exception and, if it says something else, that of its root cause. */
    public static String reason(Exception exception) {
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
