package io.millrace.mqtt.client;

/**
 * One connection of one session to a broker. An object connects once and is thrown away when the
 * connection ends, since client libraries mix up what belongs to which connection.
 *
 * <p>One thread owns it and calls its methods; only the listener is called by others.
 */
public interface MqttClient extends AutoCloseable {
    /**
     * What the broker said to CONNECT.
     *
     * @param sessionPresent whether it still knew the session
     * @param keepAliveSeconds the keep-alive in force
     * @param address where the connection was made
     */
    record Connected(boolean sessionPresent, int keepAliveSeconds, String address) {}

    /**
     * Connects and takes the session up. The listener may be called before this returns.
     *
     * @throws MqttFailure if that fails; the object is of no more use then
     */
    Connected connect() throws MqttFailure;

    /**
     * Subscribes and returns at once; the listener is told the broker's answer, which may come
     * behind any number of messages. Where the protocol can, the broker is asked not to send
     * retained messages again to a subscription that exists.
     *
     * @param qos 0 or 1
     * @throws MqttFailure if the connection is gone or the filter is not allowed
     */
    void subscribe(String filter, int qos) throws MqttFailure;

    /**
     * Acknowledges a QoS 1 message of this connection. Returns before it is sent.
     *
     * @throws MqttFailure if the connection is gone
     */
    void acknowledge(int packetId) throws MqttFailure;

    /**
     * Whether {@link #pause()} can hold messages back for as long as one likes. If not, the only
     * way is a listener that blocks for a part of the keep-alive.
     */
    boolean canPause();

    /** Stops reading from the network until {@link #resume()}; pings go on. */
    default void pause() {
        throw new UnsupportedOperationException();
    }

    /** Goes on reading. */
    default void resume() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the connection and leaves the session at the broker. Acknowledgements given so far are
     * sent, as far as that takes no longer than about two seconds. Never throws.
     */
    @Override
    void close();
}
