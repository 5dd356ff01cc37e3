package io.millrace.rule.emqx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Columns and events as EMQX names them. Stateless. */
final class Events {
    /** The columns of a published message. */
    static final List<String> MESSAGE_COLUMNS =
            List.of(
                    "id",
                    "clientid",
                    "username",
                    "payload",
                    "peerhost",
                    "peername",
                    "topic",
                    "qos",
                    "flags",
                    "pub_props",
                    "publish_received_at",
                    "timestamp",
                    "client_attrs",
                    "event",
                    "node",
                    "metadata");

    /** The columns that some event has, and a published message has not. */
    private static final Set<String> EVENT_COLUMNS =
            Set.of(
                    "from_clientid",
                    "from_username",
                    "puback_props",
                    "reason",
                    "mountpoint",
                    "sockname",
                    "proto_name",
                    "proto_ver",
                    "keepalive",
                    "clean_start",
                    "receive_maximum",
                    "expiry_interval",
                    "is_bridge",
                    "conn_props",
                    "connected_at",
                    "disconn_props",
                    "disconnected_at",
                    "reason_code",
                    "action",
                    "authz_source",
                    "result",
                    "is_anonymous",
                    "is_superuser",
                    "sub_props",
                    "unsub_props",
                    "validation",
                    "transformation",
                    "name",
                    "details",
                    "message",
                    "activated_at",
                    "deactivated_at",
                    "server",
                    "dup",
                    "retain",
                    "message_received_at");

    private static final String EVENTS = "$events/";

    /** What a broker publishes, or a user can do, instead of the event. */
    private static final Map<String, String> ALTERNATIVES =
            Map.of(
                    "client/connected",
                    "EMQX publishes it as \"$SYS/brokers/+/clients/+/connected\"; read that topic.",
                    "client/disconnected",
                    "EMQX publishes it as \"$SYS/brokers/+/clients/+/disconnected\"; read that"
                            + " topic.",
                    "session/subscribed",
                    "EMQX publishes it as \"$SYS/brokers/+/clients/+/subscribed\"; read that topic.",
                    "session/unsubscribed",
                    "EMQX publishes it as \"$SYS/brokers/+/clients/+/unsubscribed\"; read that"
                            + " topic.",
                    "sys/alarm_activated",
                    "EMQX publishes it as \"$SYS/brokers/+/alarms/activate\"; read that topic.",
                    "sys/alarm_deactivated",
                    "EMQX publishes it as \"$SYS/brokers/+/alarms/deactivate\"; read that topic.",
                    "message/delivered",
                    "Read the topic of the message itself, which tells of its publication.",
                    "message/acked",
                    "Read the topic of the message itself, which tells of its publication.");

    private Events() {}

    /** Whether some event has such a column. */
    static boolean hasColumn(String name) {
        return MESSAGE_COLUMNS.contains(name) || EVENT_COLUMNS.contains(name);
    }

    /** Why a name in FROM cannot be read outside of EMQX, and what to do; empty if it can. */
    static Optional<String> refusal(String source) {
        if (source.startsWith(EVENTS)) {
            return Optional.of(
                    "The event \"%s\" exists only inside of EMQX. %s"
                            .formatted(source, alternative(source.substring(EVENTS.length()))));
        }
        if (source.startsWith("$bridges/") || source.startsWith("$sources/")) {
            return Optional.of(
                    ("\"%s\" is an ingress of EMQX. Make a connection to that server and name its"
                                    + " topic: FROM \"topic\".")
                            .formatted(source));
        }
        if (source.startsWith("$share/") || source.startsWith("$queue/")) {
            return Optional.of(
                    "A shared subscription is no source of a rule. Name the topic, and let the"
                            + " settings of the connection share the subscription.");
        }
        if (source.isEmpty()) {
            return Optional.of("The name is empty. Write a topic filter, such as \"devices/+\".");
        }
        return Optional.empty();
    }

    private static String alternative(String event) {
        String known = ALTERNATIVES.get(event);
        if (known == null) {
            // The older names of the events.
            known = ALTERNATIVES.get(event.replaceFirst("_", "/"));
        }
        return known != null
                ? known
                : "Let a rule in EMQX republish it to a topic, and read that topic.";
    }
}
