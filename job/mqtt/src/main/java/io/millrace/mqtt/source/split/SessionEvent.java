package io.millrace.mqtt.source.split;

import org.apache.flink.api.connector.source.SourceEvent;

/** What a reader tells the enumerator about a session. */
public sealed interface SessionEvent extends SourceEvent {
    /** The broker knows the session by it. */
    String clientId();

    /** The broker has taken the session's subscription: from now on it keeps messages for it. */
    record Subscribed(String clientId) implements SessionEvent {
        private static final long serialVersionUID = 1L;
    }

    /** The session was given up, has been read to its end and is no longer at the broker. */
    record Ended(String clientId) implements SessionEvent {
        private static final long serialVersionUID = 1L;
    }
}
