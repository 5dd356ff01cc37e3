package io.millrace.rule.operator;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Symbol;
import io.millrace.rule.emqx.EmqxMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * A message as EMQX's rules see it, made of a row of a topic table. The same object serves all
 * messages, one after the other; used by one thread.
 */
final class MessageColumns implements EmqxMessage {
    private static final List<String> NAMES = MessageColumn.names();
    private static final Symbol PUBLISH = new Symbol("message.publish");

    private final Symbol node;
    private final Map<String, Object> metadata;
    private final MessageDigest digest;
    private final Clock clock;

    // What the function was called with.
    byte[] payload;
    StringData topic;
    StringData clientId;
    Integer qos;
    Boolean retain;
    Boolean dup;
    TimestampData receivedAt;
    Integer packetId;
    MapData userProperties;
    StringData contentType;
    StringData responseTopic;
    byte[] correlationData;
    Long messageExpiry;

    private String topicText;
    private long now;

    /**
     * @param rule its name
     * @param host that evaluates it
     */
    MessageColumns(String rule, String host, Clock clock) {
        this.clock = clock;
        this.node = new Symbol("millrace@" + host);
        this.metadata = Map.of("rule_id", rule);
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    /** Forgets what was made of the message before. */
    void begin() {
        topicText = null;
        now = 0;
    }

    String topic() {
        if (topicText == null) {
            topicText = topic.toString();
        }
        return topicText;
    }

    String clientId() {
        return text(clientId);
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public Collection<String> columns() {
        return NAMES;
    }

    @Override
    public Object column(String name) {
        return switch (name) {
            case "topic" -> topic();
            case "clientid" -> clientId();
            case "qos" -> qos == null ? null : (Long) (long) qos;
            case "timestamp" -> now();
            case "publish_received_at" -> receivedAt == null ? null : receivedAt.getMillisecond();
            case "username" -> userProperty("username");
            case "flags" -> flags();
            case "pub_props" -> properties();
            case "id" -> id();
            case "event" -> PUBLISH;
            case "node" -> node;
            case "metadata" -> metadata;
            default -> null;
        };
    }

    /** One evaluation sees one time. */
    private long now() {
        if (now == 0) {
            now = clock.millis();
        }
        return now;
    }

    private Map<String, Object> flags() {
        Map<String, Object> flags = new LinkedHashMap<>();
        flags.put("dup", dup);
        flags.put("retain", retain);
        return flags;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (messageExpiry != null) {
            properties.put("Message-Expiry-Interval", messageExpiry);
        }
        if (contentType != null) {
            properties.put("Content-Type", contentType.toString());
        }
        if (responseTopic != null) {
            properties.put("Response-Topic", responseTopic.toString());
        }
        if (correlationData != null) {
            properties.put("Correlation-Data", Bytes.value(correlationData));
        }
        if (userProperties != null && userProperties.size() > 0) {
            addUserProperties(properties);
        }
        return properties;
    }

    private void addUserProperties(Map<String, Object> properties) {
        Map<String, Object> byName = new LinkedHashMap<>();
        List<Object> pairs = new ArrayList<>();
        ArrayData names = userProperties.keyArray();
        ArrayData values = userProperties.valueArray();
        for (int i = 0; i < userProperties.size(); i++) {
            String name = names.getString(i).toString();
            String value = values.getString(i).toString();
            byName.put(name, value);
            pairs.add(Map.of("key", name, "value", value));
        }
        properties.put("User-Property", byName);
        properties.put("User-Property-Pairs", pairs);
    }

    private String userProperty(String wanted) {
        if (userProperties == null) {
            return null;
        }
        ArrayData names = userProperties.keyArray();
        for (int i = 0; i < userProperties.size(); i++) {
            if (names.getString(i).toString().equals(wanted)) {
                return userProperties.valueArray().getString(i).toString();
            }
        }
        return null;
    }

    /**
     * Ordered by the time of arrival, and the same for all rules and for every evaluation of the
     * message as it was received. A broker that sends a message again gives it a new time.
     */
    private String id() {
        digest.reset();
        digest.update(topic().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(payload);
        int number = packetId == null ? 0 : packetId;
        digest.update((byte) (number >> 8));
        digest.update((byte) number);
        return HexFormat.of()
                .withUpperCase()
                .toHexDigits(receivedAt.getMillisecond())
                .concat(HexFormat.of().withUpperCase().formatHex(digest.digest(), 0, 8));
    }

    private static String text(StringData data) {
        return data == null ? null : data.toString();
    }
}
