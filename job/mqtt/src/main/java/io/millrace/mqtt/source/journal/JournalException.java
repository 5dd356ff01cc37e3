package io.millrace.mqtt.source.journal;

import java.io.IOException;

/** The journal cannot go on; the message says why and what to do. */
public class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
