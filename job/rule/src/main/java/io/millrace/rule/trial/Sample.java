package io.millrace.rule.trial;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message to try rules on.
 *
 * @param payload nobody may change it
 * @param userProperties names and values in their order
 * @param contentType null if not given
 * @param responseTopic null if not given
 * @param correlationData null if not given
 * @param messageExpiry seconds; null if not given
 */
public record Sample(
        String topic,
        byte[] payload,
        int qos,
        boolean retain,
        Instant receivedAt,
        Map<String, String> userProperties,
        String contentType,
        String responseTopic,
        byte[] correlationData,
        Long messageExpiry)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Sample {
        userProperties = new LinkedHashMap<>(userProperties);
    }

    /** A message at QoS 1 without properties. */
    public static Sample of(String topic, byte[] payload, Instant receivedAt) {
        return new Sample(topic, payload, 1, false, receivedAt, Map.of(), null, null, null, null);
    }

    /** As the source gets it from a broker. */
    ReceivedMessage received(int number) {
        return new ReceivedMessage(
                1,
                qos == 0 ? 0 : 1 + number % 65_535,
                topic,
                payload,
                qos,
                retain,
                false,
                receivedAt.toEpochMilli(),
                new MessageProperties(
                        List.copyOf(userProperties.entrySet()),
                        contentType,
                        responseTopic,
                        correlationData,
                        messageExpiry));
    }
}
