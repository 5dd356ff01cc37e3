package io.millrace.mqtt.source.split;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * An MQTT session. It has no position: what was not acknowledged is at the broker.
 *
 * @param clientId the broker knows the session by it
 * @param topic the filter that the session subscribes to
 */
public record MqttSplit(String clientId, String topic) implements SourceSplit, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String splitId() {
        return clientId;
    }
}
