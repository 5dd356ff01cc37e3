package io.millrace.mqtt.client;

/**
 * One connection of one session to a broker. An object connects once and is thrown away when the
 * connection ends, since client libraries mix up what belongs to which connection.
 *
 * <p>One thread owns it and calls its methods, but for {@link #pause} and {@link #resume}, which
 * any thread may call; the listener is called by the client's own threads.
 */
public interface MqttClient extends AutoCloseable {
    /**
     * What the broker said to CONNECT.
     *
     * @param sessionPresent whether it still knew the session
     * @param keepAliveSeconds the keep-alive in force
     * @param sessionExpirySeconds how long the broker keeps the session while nobody is connected;
     *     with MQTT 3.1.1, which does not tell, what was asked for
     * @param address where the connection was made
     */
    record Connected(
            boolean sessionPresent,
            int keepAliveSeconds,
            long sessionExpirySeconds,
            String address) {}

    /**
     * Has the client read what comes as it comes; to be called before it connects. Otherwise it may
     * let the network collect messages for some milliseconds while many come, which is faster, and
     * has the broker take more of them for delivered that were not seen.
     */
    default void doNotGather() {}

    /**
     * Connects and takes the session up. The listener may be called before this returns.
     *
     * @throws MqttFailure if that fails; the object is of no more use then
     */
    Connected connect() throws MqttFailure;

    /**
     * Subscribes and returns at once; the listener is told the broker's answer, which may come
     * behind any number of messages.
     *
     * @throws MqttFailure if the connection is gone or the filter is not allowed
     */
    void subscribe(Subscription subscription) throws MqttFailure;

    /**
     * Ends a subscription and returns at once; the listener is told the broker's answer. What the
     * broker has queued for the session still comes.
     *
     * @throws MqttFailure if the connection is gone
     */
    void unsubscribe(String filter) throws MqttFailure;

    /**
     * Acknowledges QoS 1 messages of this connection in the order given. Returns before that is
     * sent.
     *
     * @param packetIds the first {@code count} entries count; the array stays the caller's
     * @throws MqttFailure if the connection is gone
     */
    void acknowledge(int[] packetIds, int count) throws MqttFailure;

    /**
     * Asks the broker for a sign that it has read all that was sent so far; the listener is told
     * the answer. Of use only with a client that {@linkplain #canConfirm() can} do that.
     *
     * @return the number of the question, counted from 1
     * @throws MqttFailure if the connection is gone
     */
    default long confirm() throws MqttFailure {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #confirm} is of use, and messages tell whether they are repeated. */
    boolean canConfirm();

    /**
     * Whether {@link #pause()} can hold messages back for as long as one likes. If not, the only
     * way is a listener that blocks for a part of the keep-alive.
     */
    boolean canPause();

    /**
     * Stops reading from the network until {@link #resume()}; pings go on. What was read already,
     * one buffer at most, is still delivered. Any thread.
     */
    default void pause() {
        throw new UnsupportedOperationException();
    }

    /** Goes on reading. Any thread. */
    default void resume() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the connection and with it the session: the broker forgets it and all that it keeps for
     * it. Otherwise like {@link #close}, which need not be called any more.
     */
    void endSession();

    /**
     * Ends the connection and leaves the session at the broker. Acknowledgements given so far are
     * sent, as far as that takes no longer than about two seconds. Never throws.
     */
    @Override
    void close();
}
