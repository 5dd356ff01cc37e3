package io.millrace.mqtt.source;

import io.millrace.common.Problems;
import io.millrace.common.Secret;
import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.BrokerAddress;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.TlsSettings;
import io.millrace.mqtt.publish.PublishSettings;
import io.millrace.mqtt.publish.TopicTarget;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads options one by one, notes what is wrong and goes on with a default. */
public final class CheckedOptions {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSourceSettings.class);

    /** What stands for a value that only the machine that connects knows. */
    private static final String REFERENCE = "${";

    /** The protocol's own limit. */
    private static final MemorySize MAX_PACKET = MemorySize.ofMebiBytes(256);

    private final ReadableConfig options;
    private final Problems problems;

    public CheckedOptions(ReadableConfig options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    /** A value as it stands; the default, which may be null, if it cannot be read. */
    public <T> T value(ConfigOption<T> option) {
        try {
            return options.get(option);
        } catch (IllegalArgumentException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            problems.add("Option '" + option.key() + "' cannot be read: " + reason.getMessage());
            return option.defaultValue();
        }
    }

    public String required(ConfigOption<String> option) {
        String value = value(option);
        problems.require(
                value != null && !value.isBlank(), "Option '" + option.key() + "' is missing.");
        return value == null || value.isBlank() ? null : value;
    }

    public int atLeast(ConfigOption<Integer> option, int least) {
        int value = value(option);
        problems.require(
                value >= least,
                "Option '"
                        + option.key()
                        + "' is "
                        + value
                        + "; allowed is "
                        + least
                        + " or more.");
        return value;
    }

    public int between(ConfigOption<Integer> option, int least, int most) {
        int value = value(option);
        problems.require(
                value >= least && value <= most,
                "Option '"
                        + option.key()
                        + "' is "
                        + value
                        + "; allowed are "
                        + least
                        + " to "
                        + most
                        + ".");
        return value;
    }

    public Duration atLeast(ConfigOption<Duration> option, Duration least) {
        Duration value = value(option);
        problems.require(
                value.compareTo(least) >= 0,
                "Option '"
                        + option.key()
                        + "' is "
                        + text(value)
                        + "; allowed is "
                        + text(least)
                        + " or more.");
        return value;
    }

    public Duration between(ConfigOption<Duration> option, Duration least, Duration most) {
        Duration value = value(option);
        problems.require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "Option '"
                        + option.key()
                        + "' is "
                        + text(value)
                        + "; allowed are "
                        + text(least)
                        + " to "
                        + text(most)
                        + ".");
        return value;
    }

    public long between(ConfigOption<MemorySize> option, MemorySize least, MemorySize most) {
        MemorySize value = value(option);
        problems.require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "Option '"
                        + option.key()
                        + "' is "
                        + value
                        + "; allowed are "
                        + least
                        + " to "
                        + most
                        + ".");
        return value.getBytes();
    }

    public long positive(ConfigOption<MemorySize> option) {
        long bytes = value(option).getBytes();
        problems.require(bytes > 0, "Option '" + option.key() + "' is 0; allowed is 1 b or more.");
        return bytes;
    }

    /** 0 or 1; 2 is taken for 1, with a note. */
    int qos() {
        int qos = value(MqttOptions.QOS);
        if (qos == 2) {
            LOG.warn(
                    "Option 'qos' is 2; subscribing with 1. With QoS 2 a message is lost if the job fails after the hand-shake and before it is written; QoS 1 loses none.");
            return 1;
        }
        problems.require(
                qos == 0 || qos == 1,
                "Option 'qos' is " + qos + "; allowed are 0 (at most once) and 1 (at least once).");
        return qos;
    }

    /** The broker's addresses, checked as far as they are no references. */
    private String url() {
        String url = required(MqttOptions.URL);
        if (url == null || url.contains(REFERENCE)) {
            return url == null ? "" : url;
        }
        boolean any = false;
        for (String address : url.split(",")) {
            if (address.isBlank()) {
                continue;
            }
            any = true;
            try {
                BrokerAddress.normalize(address.strip());
            } catch (IllegalArgumentException e) {
                problems.add("Option 'url': " + e.getMessage());
            }
        }
        problems.require(any, "Option 'url' is '" + url + "': it holds no address.");
        return url;
    }

    /** Everything about the connection. */
    public ConnectionSettings connection(int receiveMaximum) {
        String url = url();
        TlsSettings tls = tls(url);
        String password = value(MqttOptions.PASSWORD);
        String username = value(MqttOptions.USERNAME);
        problems.require(
                password == null || username != null,
                "Option 'password' is given without 'username'.");
        ClientLibrary library = value(MqttOptions.CLIENT);
        Duration shortest = Duration.ofSeconds(library == ClientLibrary.PAHO ? 60 : 1);
        return new ConnectionSettings(
                url,
                library,
                value(MqttOptions.PROTOCOL_VERSION),
                username,
                password == null ? null : Secret.of(password),
                tls,
                between(MqttOptions.KEEP_ALIVE, shortest, Duration.ofSeconds(65_535)),
                atLeast(MqttOptions.CONNECT_TIMEOUT, Duration.ofMillis(1)),
                atLeast(MqttOptions.OPERATION_TIMEOUT, Duration.ofMillis(1)),
                atLeast(MqttOptions.SESSION_EXPIRY, Duration.ofSeconds(1)),
                receiveMaximum,
                (int) between(MqttOptions.MAX_PACKET_SIZE, new MemorySize(64), MAX_PACKET));
    }

    /** Null unless the mode is {@code journal}. */
    JournalSettings journal(AckMode mode) {
        String path = value(MqttOptions.SCAN_JOURNAL_PATH);
        Duration retention = atLeast(MqttOptions.SCAN_JOURNAL_RETENTION, Duration.ZERO);
        if (mode != AckMode.JOURNAL) {
            return null;
        }
        if (path == null || path.isBlank()) {
            problems.add(
                    "Option 'scan.journal.path' is missing, which 'scan.ack-mode' = 'journal' needs: a folder that all machines of the cluster share, such as file:///mnt/shared/journal or hdfs:///millrace/journal.");
            return null;
        }
        problems.require(
                path.contains(REFERENCE) || path.matches("(?i)(file|hdfs):/.*"),
                "Option 'scan.journal.path' is '"
                        + path
                        + "'; allowed are file: and hdfs: folders, since others cannot make a message durable within milliseconds.");
        return new JournalSettings(path, retention);
    }

    Deduplication deduplication(AckMode mode, String topic) {
        Deduplication value = value(MqttOptions.SCAN_DEDUPLICATION);
        if (value == Deduplication.OFF) {
            return value;
        }
        problems.require(
                value(MqttOptions.CLIENT) == ClientLibrary.NETTY,
                "Option 'scan.deduplication' is 'session', which needs 'client' = 'netty': Paho does not tell which messages are repeated.");
        problems.require(
                mode == AckMode.CHECKPOINT,
                "Option 'scan.deduplication' is 'session', which goes with 'scan.ack-mode' = 'checkpoint' only; it is '"
                        + mode
                        + "'.");
        problems.require(
                topic == null || !topic.startsWith("$share/"),
                "Option 'scan.deduplication' is 'session' and the topic '"
                        + topic
                        + "' is a shared subscription, whose messages brokers repeat under other packet ids. Use a plain filter or leave it off.");
        return value;
    }

    private TlsSettings tls(String url) {
        String password = value(MqttOptions.TLS_PASSWORD);
        TlsSettings tls =
                new TlsSettings(
                        value(MqttOptions.TLS_CA),
                        value(MqttOptions.TLS_CERTIFICATE),
                        value(MqttOptions.TLS_KEY),
                        password == null ? null : Secret.of(password),
                        value(MqttOptions.TLS_SERVER_NAME),
                        value(MqttOptions.TLS_VERIFY_HOSTNAME),
                        List.copyOf(value(MqttOptions.TLS_ALPN)));
        problems.require(
                tls.key() == null || tls.certificate() != null,
                "Option 'tls.key' is given without 'tls.certificate'.");
        if (value(MqttOptions.CLIENT) == ClientLibrary.PAHO) {
            requireNetty(tls.serverName() == null, MqttOptions.TLS_SERVER_NAME);
            requireNetty(tls.alpn().isEmpty(), MqttOptions.TLS_ALPN);
        }
        boolean plain =
                !url.contains(REFERENCE) && !url.matches("(?i).*\\b(ssl|tls|mqtts|wss)://.*");
        problems.require(
                tls.equals(TlsSettings.DEFAULT) || !plain,
                "Options 'tls.*' are given and 'url' is '"
                        + url
                        + "', which does not use TLS. Write ssl://host:8883.");
        return tls;
    }

    private void requireNetty(boolean condition, ConfigOption<?> option) {
        problems.require(
                condition,
                "Option '"
                        + option.key()
                        + "' is given, which Paho cannot do. Use 'client' = 'netty' or leave it out.");
    }

    /** The begin of the client ids; may come from the job's name, which may be null. */
    public String clientIdPrefix(String jobName) {
        String prefix = value(MqttOptions.CLIENT_ID_PREFIX);
        if (prefix != null) {
            problems.require(
                    !prefix.isBlank() && prefix.matches("[^+#/\\p{Cntrl}]*"),
                    "Option 'client-id.prefix' is '"
                            + prefix
                            + "'; allowed is a text without +, #, / and control characters.");
            return prefix;
        }
        if (jobName != null && !jobName.isBlank()) {
            return ClientIds.prefixOf(jobName);
        }
        problems.add(
                "Option 'client-id.prefix' is missing, and so is the job's name ('pipeline.name') that would stand in. Set one; it must stay the same for this job, since the broker knows the job's sessions by it.");
        return "";
    }

    /**
     * Where dead letters go.
     *
     * @param publishing how to publish them if they go to a topic
     */
    public DeadLetterTarget deadLetters(ConfigOption<String> option, PublishSettings publishing) {
        try {
            return DeadLetterTarget.parse(
                    value(option), TopicTarget.kind(publishing, MqttPublisherFactory.netty()));
        } catch (IllegalArgumentException e) {
            problems.add("Option '" + option.key() + "': " + e.getMessage());
            return new DeadLetterTarget.Log();
        }
    }

    private static String text(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }
}
