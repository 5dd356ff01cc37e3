package io.millrace.mqtt.client;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.List;

/**
 * Told what a {@link NettyConnection} brings, in the order of the packets, always by the
 * connection's event loop: nothing here may block. Nothing is told after {@link #closed}, nor after
 * the owner has begun to close the connection.
 */
interface PacketListener {
    /**
     * The broker answered CONNECT.
     *
     * @param code 0 if it took it; of MQTT 3.1.1 or 5, as was asked
     * @param properties what it says beside that; none with MQTT 3.1.1
     */
    default void onConnack(int code, MqttProperties properties) {}

    /**
     * The broker sent a message. Its payload is given back when this returns.
     *
     * @throws MqttFailure ends the connection
     */
    default void onPublish(MqttPublishMessage message) throws MqttFailure {}

    /**
     * The broker answered PUBLISH.
     *
     * @param code 0 if it took it; below 0x80 it did too, and says for example that nobody
     *     subscribes; always 0 with MQTT 3.1.1
     * @param reason the broker's own words, or null
     */
    default void onPuback(int packetId, int code, String reason) {}

    /**
     * The broker answered SUBSCRIBE.
     *
     * @param codes one for each filter: the granted QoS, or 0x80 and more for a refusal
     */
    default void onSuback(int packetId, List<Integer> codes) {}

    /** The broker answered UNSUBSCRIBE. */
    default void onUnsuback(int packetId) {}

    /**
     * The broker answered a {@linkplain NettyConnection#ping ping}; those of the keep-alive are not
     * told.
     */
    default void onPingresp(long number) {}

    /** All is told that one read of the socket brought. */
    default void readComplete() {}

    /** {@link NettyConnection#isWritable()} has changed. */
    default void writabilityChanged() {}

    /** The connection ended and not by its owner. Called once at most, and only after CONNACK. */
    default void closed(MqttFailure cause) {}
}
