package io.millrace.mqtt.client;

import java.util.List;

/** Told by a publisher's own threads what becomes of messages. Must not block. */
public interface MqttPublisherListener {
    /** These, which came in one call of {@code publish}, have been written to the socket. */
    void written(List<Publication> messages);

    /** The broker has taken a QoS 1 message. */
    void acknowledged(Publication message);

    /** A message was refused: {@linkplain MqttFailure#isPermanent() for good} or for now. */
    void refused(Publication message, MqttFailure why);

    /** The connection ended and not by {@link MqttPublisher#close()}. Called once at most. */
    void lost(MqttFailure cause);
}
