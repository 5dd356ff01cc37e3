package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A message to publish, checked: what is in here can be put into a packet. The payload is not
 * copied: nobody may change it.
 *
 * @param qos 0 or 1
 * @param retain whether the broker shall keep it on its topic
 * @param properties what MQTT 5 adds; the expiry is what the message's life begins with
 */
public record OutgoingMessage(
        String topic, byte[] payload, int qos, boolean retain, MessageProperties properties) {

    private static final long MAX_EXPIRY = 0xFFFF_FFFFL;

    /** A guess at the rest of the objects, so that many tiny messages count too. */
    private static final int OVERHEAD = 200;

    /** A guess at what one user property takes beside its characters. */
    private static final int PROPERTY_OVERHEAD = 100;

    /** A QoS 1 message without properties. */
    public static Builder to(String topic) {
        return new Builder().topic(topic);
    }

    /** About how many bytes of memory it holds. */
    public int size() {
        long size = OVERHEAD + (long) topic.length() + payload.length;
        for (Map.Entry<String, String> property : properties.userProperties()) {
            size += PROPERTY_OVERHEAD + property.getKey().length() + property.getValue().length();
        }
        if (properties.correlationData() != null) {
            size += properties.correlationData().length;
        }
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    /** Makes a message. Not thread-safe. */
    public static final class Builder {
        private String topic;
        private byte[] payload = {};
        private int qos = 1;
        private boolean retain;
        private final List<Map.Entry<String, String>> userProperties = new ArrayList<>(0);
        private String contentType;
        private String responseTopic;
        private byte[] correlationData;
        private Long messageExpiry;

        /** Where to. */
        public Builder topic(String topic) {
            this.topic = topic;
            return this;
        }

        /** The content. Nobody may change it any more. */
        public Builder payload(byte[] payload) {
            this.payload = payload;
            return this;
        }

        /** The content, as UTF-8. */
        public Builder payload(String payload) {
            return payload(payload.getBytes(UTF_8));
        }

        /** 0 (at most once) or 1 (at least once). */
        public Builder qos(int qos) {
            this.qos = qos;
            return this;
        }

        /** Whether the broker shall keep it on its topic. */
        public Builder retain(boolean retain) {
            this.retain = retain;
            return this;
        }

        /** After how many seconds the broker may drop it; null for never (MQTT 5). */
        public Builder messageExpiry(Long seconds) {
            this.messageExpiry = seconds;
            return this;
        }

        /** Adds a user property (MQTT 5). */
        public Builder userProperty(String name, String value) {
            userProperties.add(Map.entry(name, value));
            return this;
        }

        /** Sets a user property in place of those of the same name (MQTT 5). */
        public Builder replaceUserProperty(String name, String value) {
            userProperties.removeIf(property -> property.getKey().equals(name));
            return userProperty(name, value);
        }

        /** Sets all user properties in the map's order (MQTT 5). */
        public Builder userProperties(Map<String, String> properties) {
            userProperties.clear();
            properties.forEach(this::userProperty);
            return this;
        }

        /** What the payload is, such as {@code application/json}; null for none (MQTT 5). */
        public Builder contentType(String type) {
            this.contentType = type;
            return this;
        }

        /** Where an answer shall go; null for none (MQTT 5). */
        public Builder responseTopic(String topic) {
            this.responseTopic = topic;
            return this;
        }

        /** What an answer shall carry; null for none (MQTT 5). */
        public Builder correlationData(byte[] data) {
            this.correlationData = data;
            return this;
        }

        /** The topic that was set; may be null. */
        public String topic() {
            return topic;
        }

        /**
         * Makes the message.
         *
         * @throws IllegalArgumentException if MQTT has no packet for it; says why
         */
        public OutgoingMessage build() {
            if (topic == null) {
                throw new IllegalArgumentException("The message has no topic.");
            }
            check("Topic", topic, TopicName.problem(topic));
            if (qos != 0 && qos != 1) {
                throw new IllegalArgumentException("The qos is " + qos + "; allowed are 0 and 1.");
            }
            return new OutgoingMessage(topic, payload, qos, retain, properties());
        }

        private MessageProperties properties() {
            if (userProperties.isEmpty()
                    && contentType == null
                    && responseTopic == null
                    && correlationData == null
                    && messageExpiry == null) {
                return MessageProperties.NONE;
            }
            for (Map.Entry<String, String> property : userProperties) {
                check("User property", property.getKey(), TopicName.textProblem(property.getKey()));
                check(
                        "User property '" + property.getKey() + "' with value",
                        property.getValue(),
                        TopicName.textProblem(property.getValue()));
            }
            if (contentType != null) {
                check("Content type", contentType, TopicName.textProblem(contentType));
            }
            if (responseTopic != null) {
                check("Response topic", responseTopic, TopicName.problem(responseTopic));
            }
            if (correlationData != null && correlationData.length > 65_535) {
                throw new IllegalArgumentException(
                        "The correlation data take "
                                + correlationData.length
                                + " bytes; allowed are 65535.");
            }
            if (messageExpiry != null && (messageExpiry < 0 || messageExpiry > MAX_EXPIRY)) {
                throw new IllegalArgumentException(
                        "The message expiry is "
                                + messageExpiry
                                + " seconds; allowed are 0 to "
                                + MAX_EXPIRY
                                + ".");
            }
            return new MessageProperties(
                    List.copyOf(userProperties),
                    contentType,
                    responseTopic,
                    correlationData,
                    messageExpiry);
        }

        private static void check(String what, String value, String problem) {
            if (problem != null) {
                throw new IllegalArgumentException(
                        what + " '" + shortened(value) + "' is not valid: " + problem + ".");
            }
        }

        private static String shortened(String value) {
            String visible = value.replace('\0', '\u2400');
            return visible.length() <= 100 ? visible : visible.substring(0, 100) + "…";
        }
    }
}
