package io.millrace.mqtt.format;

import java.io.IOException;

/**
 * A payload does not fit its declared type. The message is a sentence for a person and names the
 * member, its value (shortened) and the expected type.
 */
public final class PayloadException extends IOException {
    private static final long serialVersionUID = 1L;

    PayloadException(String message) {
        super(message);
    }

    PayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
