package io.millrace.mqtt.client;

/** Told by a client's own threads what happens on its connection. */
public interface MqttClientListener {
    /** A message came. May block for a part of the keep-alive to hold the broker back. */
    void received(ReceivedMessage message);

    /**
     * The broker answered SUBSCRIBE.
     *
     * @param refusal null if it took it
     */
    void subscribed(MqttFailure refusal);

    /** The connection ended and not by {@link MqttClient#close()}. Called once at most. */
    void lost(MqttFailure cause);
}
