package io.millrace.mqtt.probe;

import io.millrace.mqtt.client.ConnectionSettings;
import java.time.Duration;
import java.util.List;

/**
 * What to look at.
 *
 * @param filters topic filters that a job subscribes to
 * @param qos with which it does
 * @param topics topics to publish to; a message goes to each, which subscribers get
 * @param timeout of each step
 * @param checkpointInterval how long a job keeps a message unacknowledged at least, to tell what
 *     the broker's window allows
 */
public record MqttProbeRequest(
        ConnectionSettings connection,
        List<String> filters,
        int qos,
        List<String> topics,
        Duration timeout,
        Duration checkpointInterval) {
    public MqttProbeRequest {
        filters = List.copyOf(filters);
        topics = List.copyOf(topics);
    }
}
