package io.millrace.mqtt.sink;

import io.millrace.common.Problems;
import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.TopicName;
import io.millrace.mqtt.publish.PublishSettings;
import io.millrace.mqtt.source.CheckedOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Everything that the sink has to know, checked. Made by {@link #read}, for a table and for the
 * DataStream builder alike.
 *
 * @param topic where to publish, a template for a table; null if each message says it
 * @param messageExpiry in seconds; null for without end, as null is for none in what follows
 * @param rule what makes the messages, for dead letters; null if unknown
 */
public record MqttSinkSettings(
        PublishSettings publishing,
        String topic,
        int qos,
        boolean retain,
        Long messageExpiry,
        String contentType,
        String responseTopic,
        Map<String, String> userProperties,
        DeadLetterTarget deadLetters,
        String rule)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration MAX_EXPIRY = Duration.ofSeconds(0xFFFF_FFFFL);

    /** What MQTT 3.1.1 has no place for. */
    private static final List<ConfigOption<?>> OF_VERSION_5 =
            List.of(
                    MqttOptions.SINK_MESSAGE_EXPIRY,
                    MqttOptions.SINK_CONTENT_TYPE,
                    MqttOptions.SINK_RESPONSE_TOPIC,
                    MqttOptions.SINK_USER_PROPERTIES);

    /**
     * Reads the options.
     *
     * @param jobName stands in for a prefix of client ids that is not given; may be null
     * @param problems takes all that is wrong
     * @return settings that are of use only if no problem was added
     */
    public static MqttSinkSettings read(ReadableConfig options, String jobName, Problems problems) {
        CheckedOptions checked = new CheckedOptions(options, problems);
        PublishSettings publishing = publishing(checked, jobName);
        requireNetty(options, checked, problems);
        requireVersion(options, publishing.connection(), problems);
        Map<String, String> userProperties =
                new LinkedHashMap<>(checked.value(MqttOptions.SINK_USER_PROPERTIES));
        MqttSinkSettings settings =
                new MqttSinkSettings(
                        publishing,
                        topic(checked, problems),
                        qos(checked, problems),
                        checked.value(MqttOptions.SINK_RETAIN),
                        messageExpiry(checked),
                        checked.value(MqttOptions.SINK_CONTENT_TYPE),
                        checked.value(MqttOptions.SINK_RESPONSE_TOPIC),
                        userProperties,
                        checked.deadLetters(MqttOptions.SINK_DEAD_LETTER, publishing),
                        checked.value(MqttOptions.SINK_RULE));
        settings.checkProperties(problems);
        return settings;
    }

    private static PublishSettings publishing(CheckedOptions checked, String jobName) {
        Duration initialDelay =
                checked.atLeast(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(1));
        return new PublishSettings(
                checked.connection(checked.between(MqttOptions.RECEIVE_MAXIMUM, 1, 65_535)),
                checked.clientIdPrefix(jobName),
                checked.between(MqttOptions.SINK_MAX_IN_FLIGHT, 1, 65_535),
                checked.atLeast(MqttOptions.SINK_MAX_BUFFERED_MESSAGES, 1),
                checked.positive(MqttOptions.SINK_MAX_BUFFERED_BYTES),
                initialDelay,
                checked.atLeast(MqttOptions.RECONNECT_MAX_DELAY, initialDelay));
    }

    private static void requireNetty(
            ReadableConfig options, CheckedOptions checked, Problems problems) {
        problems.require(
                options.getOptional(MqttOptions.CLIENT).isEmpty()
                        || checked.value(MqttOptions.CLIENT) == ClientLibrary.NETTY,
                "Option 'client' is 'paho', which is for reading only. To write, leave the option out or give 'netty'.");
    }

    private static void requireVersion(
            ReadableConfig options, ConnectionSettings connection, Problems problems) {
        if (connection.version() == ProtocolVersion.V5) {
            return;
        }
        List<String> given = new ArrayList<>();
        for (ConfigOption<?> option : OF_VERSION_5) {
            if (isGiven(options, option)) {
                given.add("'" + option.key() + "'");
            }
        }
        problems.require(
                given.isEmpty(),
                "Option "
                        + String.join(", ", given)
                        + " needs MQTT 5, and 'protocol-version' is '"
                        + connection.version()
                        + "', which has no properties. Leave one of the two out.");
    }

    private static boolean isGiven(ReadableConfig options, ConfigOption<?> option) {
        try {
            return options.getOptional(option).isPresent();
        } catch (IllegalArgumentException e) {
            // Given, and not readable.
            return true;
        }
    }

    private static String topic(CheckedOptions checked, Problems problems) {
        String topic = checked.value(MqttOptions.TOPIC);
        if (topic == null) {
            return null;
        }
        String problem = TopicName.problem(topic);
        problems.require(
                problem == null,
                "Option 'topic' is '"
                        + topic
                        + "', which cannot be written: "
                        + problem
                        + ". A target is one topic such as alerts/all, or a template such as alerts/${clientid} with columns that are written.");
        return topic;
    }

    private static int qos(CheckedOptions checked, Problems problems) {
        int qos = checked.value(MqttOptions.SINK_QOS);
        problems.require(
                qos == 0 || qos == 1,
                "Option 'sink.qos' is "
                        + qos
                        + "; allowed are 0 (at most once) and 1 (at least once)."
                        + (qos == 2
                                ? " QoS 2 would not make it exactly once: after a failure the job publishes again."
                                : ""));
        return qos;
    }

    private static Long messageExpiry(CheckedOptions checked) {
        Duration expiry = checked.value(MqttOptions.SINK_MESSAGE_EXPIRY);
        return expiry == null
                ? null
                : Long.valueOf(
                        checked.between(
                                        MqttOptions.SINK_MESSAGE_EXPIRY,
                                        Duration.ofSeconds(1),
                                        MAX_EXPIRY)
                                .toSeconds());
    }

    private void checkProperties(Problems problems) {
        try {
            OutgoingMessage.Builder message = message();
            message.topic("any").build();
        } catch (IllegalArgumentException e) {
            problems.add("Options 'sink.*': " + e.getMessage());
        }
    }

    /** Begins a message with what the options say. */
    public OutgoingMessage.Builder message() {
        return OutgoingMessage.to(topic)
                .qos(qos == 0 ? 0 : 1)
                .retain(retain)
                .messageExpiry(messageExpiry)
                .contentType(contentType)
                .responseTopic(responseTopic)
                .userProperties(userProperties);
    }
}
