package io.millrace.mqtt.table;

import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source's state is found by when a job is started from a savepoint: the sessions, and
 * nothing of the query that reads them. So a query can change and its sources go on where they
 * were. Two sources with one uid would take each other's sessions at the broker; Flink refuses such
 * a job and shows the uid, which is why it reads like a sentence.
 *
 * @param connection name of the catalog that the table is in
 * @param clientIds what the client ids of all its sessions begin with
 */
public record SourceUid(String connection, String topic, String clientIds) {
    private static final Pattern TEXT =
            Pattern.compile("MQTT source of topic '(.*)', client ids (.*)-\\*, connection '(.*)'");

    static String of(String connection, MqttSourceSettings settings) {
        String clientIds = settings.clientIdPrefix() + "-" + ClientIds.hash(settings.topic());
        return new SourceUid(connection, settings.topic(), clientIds).text();
    }

    /** Reads a uid; empty if it is not that of an MQTT table's source. */
    public static Optional<SourceUid> parse(String uid) {
        Matcher text = TEXT.matcher(uid);
        return text.matches()
                ? Optional.of(new SourceUid(text.group(3), text.group(1), text.group(2)))
                : Optional.empty();
    }

    /** Whether another source of the same connection has client ids with the same prefix. */
    public boolean isOfSameJob(SourceUid other) {
        return connection.equals(other.connection) && prefix().equals(other.prefix());
    }

    private String prefix() {
        return clientIds.substring(0, Math.max(0, clientIds.lastIndexOf('-')));
    }

    /** The uid. State of earlier releases is found by it: it must never change. */
    public String text() {
        return "MQTT source of topic '%s', client ids %s-*, connection '%s'"
                .formatted(topic, clientIds, connection);
    }
}
