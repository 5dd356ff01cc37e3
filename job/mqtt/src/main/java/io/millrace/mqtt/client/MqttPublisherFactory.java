package io.millrace.mqtt.client;

import java.io.Serializable;

/** Makes publishers; tests put a fake in its place. */
@FunctionalInterface
public interface MqttPublisherFactory extends Serializable {
    /** Makes a publisher for one connection. */
    MqttPublisher create(
            ConnectionSettings settings, String clientId, MqttPublisherListener listener);

    /** Publishers on netty. */
    static MqttPublisherFactory netty() {
        return NettyPublisher::new;
    }
}
