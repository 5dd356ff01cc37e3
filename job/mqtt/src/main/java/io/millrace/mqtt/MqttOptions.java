package io.millrace.mqtt;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.source.AckMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.factories.FactoryUtil;

/** The options of the MQTT connector, for tables, catalogs and the DataStream builder alike. */
public final class MqttOptions {
    public static final ConfigOption<String> URL =
            key("url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Address of the broker: tcp://host:1883 or ssl://host:8883. Several, separated by commas, are tried in turn.");

    public static final ConfigOption<String> TOPIC =
            key("topic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Topic filter, such as devices/+/temp, or shared subscription, such as $share/group/devices/#.");

    public static final ConfigOption<Integer> QOS =
            key("qos")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Highest quality of service to ask for: 0 (at most once) or 1 (at least once).");

    public static final ConfigOption<ProtocolVersion> PROTOCOL_VERSION =
            key("protocol-version")
                    .enumType(ProtocolVersion.class)
                    .defaultValue(ProtocolVersion.V5)
                    .withDescription("Version of MQTT: 5 or 3.1.1.");

    public static final ConfigOption<String> CLIENT_ID_PREFIX =
            key("client-id.prefix")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Begin of the client ids; must differ between jobs and stay the same for one job. Default: the job's name (pipeline.name).");

    public static final ConfigOption<String> USERNAME =
            key("username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("User name at the broker; may be ${env.NAME}.");

    public static final ConfigOption<String> PASSWORD =
            key("password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Password at the broker; better ${env.NAME} or ${file:/path} than the word itself.");

    public static final ConfigOption<String> TLS_CA =
            key("tls.ca")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the certificates of the authorities to trust. Default: those of the machine.");

    public static final ConfigOption<String> TLS_CERTIFICATE =
            key("tls.certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("PEM file with the client's certificate and its chain.");

    public static final ConfigOption<String> TLS_KEY =
            key("tls.key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the unencrypted PKCS #8 key of the client's certificate.");

    public static final ConfigOption<Duration> KEEP_ALIVE =
            key("keep-alive")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Longest silence on a connection; 60 s or more, since the client library cannot be held back for longer than a part of it.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            key("connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long connecting and subscribing may take.");

    public static final ConfigOption<Duration> SESSION_EXPIRY =
            key("session.expiry")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "How long the broker shall keep a session, and its messages, while the job does not run (MQTT 5).");

    public static final ConfigOption<Integer> RECEIVE_MAXIMUM =
            key("receive-maximum")
                    .intType()
                    .defaultValue(65_535)
                    .withDescription(
                            "How many messages the broker may send before it sees an acknowledgement (MQTT 5); no more than scan.max-unacked-messages are asked for.");

    public static final ConfigOption<Duration> RECONNECT_INITIAL_DELAY =
            key("reconnect.initial-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription("Wait before the first attempt to connect again.");

    public static final ConfigOption<Duration> RECONNECT_MAX_DELAY =
            key("reconnect.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Longest wait between attempts to connect; it doubles up to there.");

    public static final ConfigOption<AckMode> SCAN_ACK_MODE =
            key("scan.ack-mode")
                    .enumType(AckMode.class)
                    .defaultValue(AckMode.CHECKPOINT)
                    .withDescription(
                            "When a message is acknowledged: 'checkpoint' (when a checkpoint that contains it is complete: at least once) or 'receive' (when it is handed over: at most once after a failure).");

    public static final ConfigOption<Integer> SCAN_SESSIONS =
            key("scan.sessions")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Number of sessions of a shared subscription. A plain filter has exactly one.");

    public static final ConfigOption<Integer> SCAN_MAX_UNACKED_MESSAGES =
            key("scan.max-unacked-messages")
                    .intType()
                    .defaultValue(50_000)
                    .withDescription(
                            "Most messages that a session holds without having acknowledged them; below 65535.");

    public static final ConfigOption<MemorySize> SCAN_MAX_UNACKED_BYTES =
            key("scan.max-unacked-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Most memory that a session's messages take which are not acknowledged.");

    public static final ConfigOption<String> SCAN_DEAD_LETTER =
            key("scan.dead-letter")
                    .stringType()
                    .defaultValue("log")
                    .withDescription(
                            "Where messages go that cannot be decoded: 'file:/folder', 'log' (a warning, no copy is kept) or 'fail'.");

    public static final ConfigOption<List<String>> SCAN_RULES =
            key("scan.rules")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Names of the rules that read the topic; copied into dead letters.");

    public static final ConfigOption<String> CLIENTID_FROM =
            key("clientid.from")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "Where the metadata column 'clientid' comes from, since MQTT does not tell who published: 'topic:N' (level N of the topic, from 1), 'user-property:NAME', 'payload:PATH' (a member of a JSON payload) or 'auto' (the user property 'clientid' if there is one, else the level that the filter's first + stands for, else NULL).");

    public static final ConfigOption<String> PAYLOAD_COLUMN =
            key("payload.column")
                    .stringType()
                    .defaultValue("payload")
                    .withDescription(
                            "Name of the column that takes the whole payload if it is the only physical column. Otherwise the physical columns together are the payload.");

    public static final ConfigOption<Integer> SCAN_PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

    private MqttOptions() {}

    /** The options that say how to reach a broker. */
    public static Set<ConfigOption<?>> connection() {
        return Set.of(
                PROTOCOL_VERSION,
                CLIENT_ID_PREFIX,
                USERNAME,
                PASSWORD,
                TLS_CA,
                TLS_CERTIFICATE,
                TLS_KEY,
                KEEP_ALIVE,
                CONNECT_TIMEOUT,
                SESSION_EXPIRY,
                RECEIVE_MAXIMUM,
                RECONNECT_INITIAL_DELAY,
                RECONNECT_MAX_DELAY);
    }

    /** The options that say how to read; all have defaults. */
    public static Set<ConfigOption<?>> scan() {
        return Set.of(
                QOS,
                SCAN_ACK_MODE,
                SCAN_SESSIONS,
                SCAN_MAX_UNACKED_MESSAGES,
                SCAN_MAX_UNACKED_BYTES,
                SCAN_DEAD_LETTER,
                SCAN_RULES,
                SCAN_PARALLELISM,
                CLIENTID_FROM,
                PAYLOAD_COLUMN);
    }
}
