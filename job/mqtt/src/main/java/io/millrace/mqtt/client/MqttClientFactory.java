package io.millrace.mqtt.client;

import java.io.Serializable;

/** Makes clients; tests put a fake in its place. */
@FunctionalInterface
public interface MqttClientFactory extends Serializable {
    /**
     * Makes a client for one connection.
     *
     * @param epoch the number of the connection, for {@link ReceivedMessage#epoch()}
     */
    MqttClient create(
            ConnectionSettings settings, String clientId, int epoch, MqttClientListener listener);

    /** The clients of a library, by protocol version. */
    static MqttClientFactory of(ClientLibrary library) {
        return switch (library) {
            case NETTY -> NettyClient::new;
            case PAHO ->
                    (settings, clientId, epoch, listener) ->
                            switch (settings.version()) {
                                case V5 -> new PahoV5Client(settings, clientId, epoch, listener);
                                case V3_1_1 ->
                                        new PahoV3Client(settings, clientId, epoch, listener);
                            };
        };
    }
}
