package io.millrace.mqtt.source.split;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * An MQTT session and how far it has been read. What was not acknowledged is at the broker, so most
 * sessions need no position.
 *
 * @param clientId the broker knows the session by it
 * @param topic the filter that the session subscribes to
 * @param draining whether the session is given up: no subscription any more, and it ends when the
 *     broker has nothing left for it
 * @param position place in the session's journal up to which messages have been emitted; 0 without
 *     a journal
 * @param unconfirmed what the broker may send again although it has been emitted; empty without
 *     deduplication
 */
public record MqttSplit(
        String clientId,
        String topic,
        boolean draining,
        long position,
        UnconfirmedMessages unconfirmed)
        implements SourceSplit {

    /** A session of which nothing has been read. */
    public MqttSplit(String clientId, String topic) {
        this(clientId, topic, false, 0, UnconfirmedMessages.NONE);
    }

    @Override
    public String splitId() {
        return clientId;
    }

    /** The same session, read further. */
    public MqttSplit at(long newPosition, UnconfirmedMessages newUnconfirmed) {
        return new MqttSplit(clientId, topic, draining, newPosition, newUnconfirmed);
    }

    /** The same session, given up or wanted. */
    public MqttSplit draining(boolean givenUp) {
        return new MqttSplit(clientId, topic, givenUp, position, unconfirmed);
    }
}
