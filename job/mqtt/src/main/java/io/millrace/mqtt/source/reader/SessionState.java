package io.millrace.mqtt.source.reader;

/** What a session does just now. */
public enum SessionState {
    /** It is not connected and waits before it tries again. */
    WAITING(0),
    /** It connects, or has connected and waits for the answer to SUBSCRIBE. */
    CONNECTING(1),
    /** It is connected and subscribed. */
    SUBSCRIBED(2),
    /** It is given up, connected, has unsubscribed and is read to its end. */
    DRAINING(3),
    /** It was given up and is no longer at the broker. */
    ENDED(4),
    /** The broker refuses it for good. */
    FAILED(5);

    private final int code;

    SessionState(int code) {
        this.code = code;
    }

    /** What the metric {@code state} shows. */
    int code() {
        return code;
    }

    /** Whether messages can come. */
    boolean isConnected() {
        return this == SUBSCRIBED || this == DRAINING;
    }
}
