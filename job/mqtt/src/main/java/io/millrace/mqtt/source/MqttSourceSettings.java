package io.millrace.mqtt.source;

import io.millrace.common.Problems;
import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.publish.PublishSettings;
import io.millrace.mqtt.publish.TopicTarget;
import io.millrace.mqtt.source.split.MqttSplit;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Everything that the source has to know, checked. Made by {@link #read}, for a table and for the
 * DataStream builder alike.
 *
 * @param topic filter to subscribe to
 * @param qos 0 or 1
 * @param clientIdPrefix begin of all client ids
 * @param sessions number of sessions; 1 unless the subscription is shared
 * @param journal null unless messages are acknowledged when they are in it
 * @param maxUnackedMessages per session
 * @param maxUnackedBytes per session
 * @param rules names of the rules that read the topic, for dead letters
 */
public record MqttSourceSettings(
        ConnectionSettings connection,
        String topic,
        int qos,
        String clientIdPrefix,
        int sessions,
        AckMode ackMode,
        JournalSettings journal,
        Deduplication deduplication,
        RetainedHandling retained,
        Overflow qos0Overflow,
        int maxUnackedMessages,
        long maxUnackedBytes,
        Duration reconnectInitialDelay,
        Duration reconnectMaxDelay,
        DeadLetterTarget deadLetters,
        List<String> rules)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Reads the options.
     *
     * @param jobName stands in for a prefix of client ids that is not given; may be null
     * @param problems takes all that is wrong
     * @return settings that are of use only if no problem was added
     */
    public static MqttSourceSettings read(
            ReadableConfig options, String jobName, Problems problems) {
        CheckedOptions checked = new CheckedOptions(options, problems);
        String topic = checked.required(MqttOptions.TOPIC);
        int sessions = checked.atLeast(MqttOptions.SCAN_SESSIONS, 1);
        checkTopic(topic, sessions, problems);
        Duration initialDelay =
                checked.atLeast(MqttOptions.RECONNECT_INITIAL_DELAY, Duration.ofMillis(1));
        Duration maxDelay = checked.atLeast(MqttOptions.RECONNECT_MAX_DELAY, initialDelay);
        int maxUnacked = checked.between(MqttOptions.SCAN_MAX_UNACKED_MESSAGES, 1, 65_534);
        AckMode ackMode = checked.value(MqttOptions.SCAN_ACK_MODE);
        ConnectionSettings connection = connection(checked, maxUnacked);
        String prefix = checked.clientIdPrefix(jobName);
        return new MqttSourceSettings(
                connection,
                topic,
                checked.qos(),
                prefix,
                sessions,
                ackMode,
                checked.journal(ackMode),
                checked.deduplication(ackMode, topic),
                checked.value(MqttOptions.SCAN_RETAINED),
                checked.value(MqttOptions.SCAN_QOS0_OVERFLOW),
                maxUnacked,
                checked.positive(MqttOptions.SCAN_MAX_UNACKED_BYTES),
                initialDelay,
                maxDelay,
                deadLetters(checked, connection, prefix, topic, initialDelay, maxDelay, problems),
                List.copyOf(checked.value(MqttOptions.SCAN_RULES)));
    }

    private static ConnectionSettings connection(CheckedOptions checked, int maxUnacked) {
        // More could be under way than we may hold.
        return checked.connection(
                Math.min(maxUnacked, checked.between(MqttOptions.RECEIVE_MAXIMUM, 1, 65_535)));
    }

    private static void checkTopic(String topic, int sessions, Problems problems) {
        if (topic == null) {
            return;
        }
        try {
            TopicFilter filter = TopicFilter.parse(topic);
            problems.require(
                    sessions == 1 || filter.isShared(),
                    "Option 'scan.sessions' is "
                            + sessions
                            + " and the topic '"
                            + topic
                            + "' is no shared subscription: each session would get each message. Leave it at 1 or read '$share/<group>/"
                            + topic
                            + "'.");
        } catch (IllegalArgumentException e) {
            problems.add("Option 'topic': " + e.getMessage());
        }
    }

    private static DeadLetterTarget deadLetters(
            CheckedOptions checked,
            ConnectionSettings connection,
            String prefix,
            String topic,
            Duration initialDelay,
            Duration maxDelay,
            Problems problems) {
        PublishSettings publishing = PublishSettings.of(connection, prefix, initialDelay, maxDelay);
        DeadLetterTarget target = checked.deadLetters(MqttOptions.SCAN_DEAD_LETTER, publishing);
        problems.require(
                !(target instanceof TopicTarget letters) || !reads(topic, letters.topic()),
                "Option 'scan.dead-letter' is '"
                        + checked.value(MqttOptions.SCAN_DEAD_LETTER)
                        + "', which the topic filter '"
                        + topic
                        + "' reads too: each letter would come back as a message. Choose a topic outside of it.");
        return target;
    }

    private static boolean reads(String filter, String topic) {
        try {
            return filter != null && TopicFilter.parse(filter).matches(topic);
        } catch (IllegalArgumentException e) {
            // Told already.
            return false;
        }
    }

    /** The sessions that these settings ask for. */
    public List<MqttSplit> splits() {
        return IntStream.range(0, sessions)
                .mapToObj(
                        number -> new MqttSplit(ClientIds.of(clientIdPrefix, topic, number), topic))
                .toList();
    }

    /** The same settings with another way to acknowledge. */
    public MqttSourceSettings withAckMode(AckMode mode) {
        return new MqttSourceSettings(
                connection,
                topic,
                qos,
                clientIdPrefix,
                sessions,
                mode,
                journal,
                deduplication,
                retained,
                qos0Overflow,
                maxUnackedMessages,
                maxUnackedBytes,
                reconnectInitialDelay,
                reconnectMaxDelay,
                deadLetters,
                rules);
    }
}
