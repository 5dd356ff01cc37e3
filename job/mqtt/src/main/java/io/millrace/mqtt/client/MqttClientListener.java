package io.millrace.mqtt.client;

import java.util.List;

/** Told by a client's own threads what happens on its connection, in the order of the packets. */
public interface MqttClientListener {
    /**
     * Messages came: those that one read of the socket brought, in their order, at least one. The
     * list is the receiver's.
     *
     * <p>With a client that {@linkplain MqttClient#canPause() can pause} this must not block. With
     * another it may block for a part of the keep-alive to hold the broker back.
     */
    void received(List<ReceivedMessage> messages);

    /**
     * The broker answered SUBSCRIBE.
     *
     * @param refusal null if it took it
     */
    void subscribed(MqttFailure refusal);

    /** The broker answered UNSUBSCRIBE. */
    void unsubscribed();

    /**
     * The broker answered {@link MqttClient#confirm()}: it has read all that was sent before the
     * question.
     *
     * @param question the number that {@code confirm} gave
     */
    void confirmed(long question);

    /** The connection ended and not by {@link MqttClient#close()}. Called once at most. */
    void lost(MqttFailure cause);
}
