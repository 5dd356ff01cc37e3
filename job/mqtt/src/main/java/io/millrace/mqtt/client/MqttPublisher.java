package io.millrace.mqtt.client;

import java.util.List;

/**
 * One connection to a broker that only publishes. It has no session to keep: it starts clean and
 * the broker forgets it at the end. An object connects once and is thrown away when the connection
 * ends.
 *
 * <p>One thread owns it and calls its methods; the listener is called by the client's own threads.
 */
public interface MqttPublisher extends AutoCloseable {
    /**
     * What the broker said to CONNECT.
     *
     * @param receiveMaximum how many QoS 1 messages may be under way
     * @param maxPacketSize the longest packet that the broker takes, in bytes
     * @param address where the connection was made
     */
    record Connected(int receiveMaximum, long maxPacketSize, String address) {}

    /**
     * Connects. The listener may be called before this returns.
     *
     * @throws MqttFailure if that fails; the object is of no more use then
     */
    Connected connect() throws MqttFailure;

    /**
     * Sends messages in their order and returns before that is done. The listener is told that they
     * are {@linkplain MqttPublisherListener#written written} and then, for each one of QoS 1, what
     * the broker said; one that is too long for this broker is refused without being sent. No more
     * QoS 1 messages than the broker's receive maximum may be without an answer.
     *
     * @throws MqttFailure if the connection is gone, or the broker does not do what a message asks
     *     for: QoS 1, or to keep it on its topic; then that one and those behind it are not sent
     */
    void publish(List<Publication> messages) throws MqttFailure;

    /** Ends the connection; takes no longer than about two seconds. Never throws. */
    @Override
    void close();
}
