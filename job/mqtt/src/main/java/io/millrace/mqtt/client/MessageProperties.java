package io.millrace.mqtt.client;

import java.util.List;
import java.util.Map;

/**
 * The properties of an MQTT 5 message.
 *
 * @param userProperties names and values in their order; a name may come twice
 * @param contentType null if not given
 * @param responseTopic null if not given
 * @param correlationData null if not given; nobody may change it
 * @param messageExpiry what was left of the message's life when the broker sent it, in seconds;
 *     null if it does not expire
 */
public record MessageProperties(
        List<Map.Entry<String, String>> userProperties,
        String contentType,
        String responseTopic,
        byte[] correlationData,
        Long messageExpiry) {

    /** A message without properties. */
    public static final MessageProperties NONE =
            new MessageProperties(List.of(), null, null, null, null);

    /** The first value of a user property, or null if there is none. */
    public String userProperty(String name) {
        for (Map.Entry<String, String> property : userProperties) {
            if (property.getKey().equals(name)) {
                return property.getValue();
            }
        }
        return null;
    }
}
