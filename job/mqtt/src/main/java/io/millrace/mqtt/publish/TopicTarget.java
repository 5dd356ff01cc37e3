package io.millrace.mqtt.publish;

import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.TopicName;

/** Dead letters go to a topic: {@code 'topic:NAME'}. */
public record TopicTarget(String topic, PublishSettings settings, MqttPublisherFactory publishers)
        implements DeadLetterTarget {
    private static final long serialVersionUID = 1L;

    /** Reads {@code topic:NAME} for a connection. */
    public static DeadLetterTarget.Kind kind(
            PublishSettings settings, MqttPublisherFactory publishers) {
        return new DeadLetterTarget.Kind(
                "topic",
                "'topic:NAME' (an MQTT topic)",
                topic -> {
                    String problem = TopicName.problem(topic);
                    if (problem != null) {
                        throw new IllegalArgumentException(
                                "Topic '"
                                        + topic
                                        + "' for dead letters is not valid: "
                                        + problem
                                        + ".");
                    }
                    return new TopicTarget(topic, settings, publishers);
                });
    }

    @Override
    public DeadLetterWriter open(String owner) {
        return new TopicDeadLetters(topic, settings, publishers, owner);
    }
}
