package io.millrace.mqtt.source.enumerator;

import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Knows which sessions are wanted by sources that run in this process, so that none of them gives
 * up a session that another one reads. That would happen when rules change places and a job starts
 * with its old state: Flink finds the state of a source by the source's place in the job, and so
 * each of two sources may be given the other's sessions.
 *
 * <p>This is static on purpose: the enumerators of a job share a process (the job manager's) and
 * nothing else. Thread-safe.
 */
final class SessionClaims {
    private static final ConcurrentMap<Session, Object> OWNERS = new ConcurrentHashMap<>();

    /** The same client id at two brokers is two sessions. */
    private record Session(String url, String clientId) {}

    private final Object owner = new Object();
    private final String url;

    SessionClaims(MqttSourceSettings settings) {
        this.url = settings.connection().url();
    }

    void claim(Collection<String> clientIds) {
        clientIds.forEach(clientId -> OWNERS.put(new Session(url, clientId), owner));
    }

    /** Whether another source wants the session. */
    boolean isTaken(String clientId) {
        Object other = OWNERS.get(new Session(url, clientId));
        return other != null && other != owner;
    }

    /** To be called when the source ends. */
    void release() {
        OWNERS.values().removeIf(other -> other == owner);
    }
}
