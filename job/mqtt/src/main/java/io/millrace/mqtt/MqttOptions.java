package io.millrace.mqtt;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.Deduplication;
import io.millrace.mqtt.source.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                            "Address of the broker: tcp://host:1883, ssl://host:8883, ws://host:8083/mqtt or wss://host:8084/mqtt. Several, separated by commas, are tried in turn.");

    public static final ConfigOption<ClientLibrary> CLIENT =
            key("client")
                    .enumType(ClientLibrary.class)
                    .defaultValue(ClientLibrary.NETTY)
                    .withDescription(
                            "Which client speaks MQTT: 'netty' (ours: faster, and can be held back for any time) or 'paho' (Eclipse Paho).");

    public static final ConfigOption<String> TOPIC =
            key("topic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "To read: a topic filter, such as devices/+/temp, or a shared subscription, such as $share/group/devices/#. To write: a topic, or a template such as alerts/${clientid} with columns that are written.");

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
                            "File with the certificates of the authorities to trust, PEM or PKCS #12. Default: those of the machine.");

    public static final ConfigOption<String> TLS_CERTIFICATE =
            key("tls.certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File with the client's certificate and its chain: PEM, or PKCS #12 with the key in it.");

    public static final ConfigOption<String> TLS_KEY =
            key("tls.key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the PKCS #8 key of the client's certificate, encrypted or not.");

    public static final ConfigOption<String> TLS_PASSWORD =
            key("tls.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Opens the encrypted ones of these files; better ${env.NAME} or ${file:/path} than the word itself.");

    public static final ConfigOption<String> TLS_SERVER_NAME =
            key("tls.server-name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name to ask for (SNI) and to find in the broker's certificate. Default: the host of the address.");

    public static final ConfigOption<Boolean> TLS_VERIFY_HOSTNAME =
            key("tls.verify-hostname")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether the broker's certificate must be for its name. Without that, anybody with a certificate of a trusted authority can pose as the broker.");

    public static final ConfigOption<List<String>> TLS_ALPN =
            key("tls.alpn")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Application protocols to offer (ALPN), separated by semicolons, such as x-amzn-mqtt-ca for AWS IoT Core at port 443.");

    public static final ConfigOption<Duration> KEEP_ALIVE =
            key("keep-alive")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Longest silence on a connection; 60 s or more with 'client' = 'paho', which cannot be held back for longer than a part of it.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            key("connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long connecting to one address may take.");

    public static final ConfigOption<Duration> OPERATION_TIMEOUT =
            key("operation-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long the broker may take to answer SUBSCRIBE, UNSUBSCRIBE and PUBLISH.");

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

    public static final ConfigOption<MemorySize> MAX_PACKET_SIZE =
            key("max-packet-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Longest packet to take, 256 mb at most. A broker leaves longer messages out silently (MQTT 5), so lower it only to guard memory.");

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
                            "When a message is acknowledged: 'checkpoint' (when a checkpoint that contains it is complete: at least once), 'journal' (when it is in the journal: at least once, at any window of the broker) or 'receive' (when it is handed over: at most once after a failure).");

    public static final ConfigOption<String> SCAN_JOURNAL_PATH =
            key("scan.journal.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder of the journal for 'scan.ack-mode' = 'journal', which must exist: file: (on a disk that all machines of the cluster share) or hdfs:.");

    public static final ConfigOption<Duration> SCAN_JOURNAL_RETENTION =
            key("scan.journal.retention")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "How long the journal keeps messages that a completed checkpoint covers, so that an older checkpoint or savepoint can be started from.");

    public static final ConfigOption<Deduplication> SCAN_DEDUPLICATION =
            key("scan.deduplication")
                    .enumType(Deduplication.class)
                    .defaultValue(Deduplication.OFF)
                    .withDescription(
                            "'off', or 'session': leave out what the broker sends again (DUP) although a checkpoint has it. For brokers that keep packet ids (Mosquitto, EMQX), plain filters and 'client' = 'netty'. In a rare corner it takes one of two equal messages for a repetition.");

    public static final ConfigOption<RetainedHandling> SCAN_RETAINED =
            key("scan.retained")
                    .enumType(RetainedHandling.class)
                    .defaultValue(RetainedHandling.ON_NEW_SESSION)
                    .withDescription(
                            "When to read the retained messages of the topics: 'on-new-session', 'always' (with each connection) or 'never'.");

    public static final ConfigOption<Overflow> SCAN_QOS0_OVERFLOW =
            key("scan.qos0-overflow")
                    .enumType(Overflow.class)
                    .defaultValue(Overflow.WAIT)
                    .withDescription(
                            "What becomes of QoS 0 messages that come faster than the job takes them: 'wait' (hold the broker back, which drops them when its own queue is full), 'drop-newest' or 'drop-oldest' (counted). With 'client' = 'paho' 'wait' works as 'drop-newest'.");

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
                            "Most messages that a session holds without having acknowledged them, or with a journal without having emitted them; below 65535.");

    public static final ConfigOption<MemorySize> SCAN_MAX_UNACKED_BYTES =
            key("scan.max-unacked-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription("Most memory that those messages take.");

    public static final ConfigOption<String> SCAN_DEAD_LETTER =
            key("scan.dead-letter")
                    .stringType()
                    .defaultValue("log")
                    .withDescription(
                            "Where messages go that cannot be decoded: 'file:/folder', 'topic:NAME' (a topic of the same broker), 'log' (a warning, no copy is kept) or 'fail'.");

    public static final ConfigOption<List<String>> SCAN_RULES =
            key("scan.rules")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Names of the rules that read the topic; copied into dead letters.");

    public static final ConfigOption<String> SCAN_CONNECTION =
            key("scan.connection")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the connection; the source's state is found by it, by the topic and by the client ids. If not set: the catalog that the table is in.");

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

    public static final ConfigOption<Integer> SINK_QOS =
            key("sink.qos")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Quality of service to publish with: 0 (at most once) or 1 (at least once). The metadata column 'qos' comes before it.");

    public static final ConfigOption<Boolean> SINK_RETAIN =
            key("sink.retain")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the broker shall keep each topic's last message for new subscribers. The metadata column 'retain' comes before it.");

    public static final ConfigOption<Duration> SINK_MESSAGE_EXPIRY =
            key("sink.message-expiry")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long the broker keeps a message for subscribers that are away, in whole seconds (MQTT 5). Default: without end. The metadata column 'message_expiry' comes before it.");

    public static final ConfigOption<String> SINK_CONTENT_TYPE =
            key("sink.content-type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Content type of the messages, such as application/json (MQTT 5). The metadata column 'content_type' comes before it.");

    public static final ConfigOption<String> SINK_RESPONSE_TOPIC =
            key("sink.response-topic")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Topic for answers to the messages (MQTT 5). The metadata column 'response_topic' comes before it.");

    public static final ConfigOption<Map<String, String>> SINK_USER_PROPERTIES =
            key("sink.user-properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "User properties of the messages, such as 'site:7,unit:degC' (MQTT 5). Those of the metadata column 'user_properties' are added and come before equal names.");

    public static final ConfigOption<Integer> SINK_MAX_IN_FLIGHT =
            key("sink.max-in-flight")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "Most messages that may be under way to the broker without its answer; no more than the broker allows (its receive maximum).");

    public static final ConfigOption<Integer> SINK_MAX_BUFFERED_MESSAGES =
            key("sink.max-buffered-messages")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Most messages that a writer holds which the broker has not acknowledged; then the job waits.");

    public static final ConfigOption<MemorySize> SINK_MAX_BUFFERED_BYTES =
            key("sink.max-buffered-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription("Most memory that these messages take.");

    public static final ConfigOption<String> SINK_DEAD_LETTER =
            key("sink.dead-letter")
                    .stringType()
                    .defaultValue("log")
                    .withDescription(
                            "Where rows and messages go that can never be published: 'file:/folder', 'topic:NAME' (a topic of the same broker), 'log' (a warning, no copy is kept) or 'fail'.");

    public static final ConfigOption<String> SINK_RULE =
            key("sink.rule")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Name of the rule that writes; copied into dead letters.");

    public static final ConfigOption<Integer> SINK_PARALLELISM = FactoryUtil.SINK_PARALLELISM;

    private MqttOptions() {}

    /** The options that say how to reach a broker. */
    public static Set<ConfigOption<?>> connection() {
        return Set.of(
                CLIENT,
                PROTOCOL_VERSION,
                CLIENT_ID_PREFIX,
                USERNAME,
                PASSWORD,
                TLS_CA,
                TLS_CERTIFICATE,
                TLS_KEY,
                TLS_PASSWORD,
                TLS_SERVER_NAME,
                TLS_VERIFY_HOSTNAME,
                TLS_ALPN,
                KEEP_ALIVE,
                CONNECT_TIMEOUT,
                OPERATION_TIMEOUT,
                MAX_PACKET_SIZE,
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
                SCAN_JOURNAL_PATH,
                SCAN_JOURNAL_RETENTION,
                SCAN_DEDUPLICATION,
                SCAN_RETAINED,
                SCAN_QOS0_OVERFLOW,
                SCAN_SESSIONS,
                SCAN_MAX_UNACKED_MESSAGES,
                SCAN_MAX_UNACKED_BYTES,
                SCAN_DEAD_LETTER,
                SCAN_RULES,
                SCAN_CONNECTION,
                SCAN_PARALLELISM,
                CLIENTID_FROM,
                PAYLOAD_COLUMN);
    }

    /** The options that say how to write; all have defaults. */
    public static Set<ConfigOption<?>> sink() {
        return Set.of(
                SINK_QOS,
                SINK_RETAIN,
                SINK_MESSAGE_EXPIRY,
                SINK_CONTENT_TYPE,
                SINK_RESPONSE_TOPIC,
                SINK_USER_PROPERTIES,
                SINK_MAX_IN_FLIGHT,
                SINK_MAX_BUFFERED_MESSAGES,
                SINK_MAX_BUFFERED_BYTES,
                SINK_DEAD_LETTER,
                SINK_RULE,
                SINK_PARALLELISM,
                PAYLOAD_COLUMN);
    }
}
