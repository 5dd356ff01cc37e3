package io.millrace.mqtt.probe;

import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.BrokerFacts;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts what CONNACK says into words. Stateless but for that. */
final class BrokerLimits {
    /** MQTT's own when the broker says nothing. */
    private static final int RECEIVE_MAXIMUM = 65_535;

    private static final int MILLIS = 1_000;

    private final MqttProbeRequest request;
    private final ConnectionSettings settings;
    private final BrokerFacts facts;

    BrokerLimits(MqttProbeRequest request, ConnectionSettings settings, BrokerFacts facts) {
        this.request = request;
        this.settings = settings;
        this.facts = facts;
    }

    Finding protocol() {
        return settings.version() == ProtocolVersion.V5
                ? Finding.good("MQTT 5")
                : Finding.warning(
                        "MQTT 3.1.1",
                        "It tells neither limits nor why it refuses; if the broker knows MQTT 5, set"
                                + " 'protocol-version' = '5'.");
    }

    void note(Checklist checks) {
        if (settings.version() == ProtocolVersion.V5) {
            checks.note("limits", limits());
        }
        checks.note("in flight", window());
    }

    private Finding limits() {
        List<String> texts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        facts.maximumPacketSize()
                .ifPresent(bytes -> texts.add("packets up to " + bytes + " bytes"));
        facts.topicAliasMaximum().ifPresent(count -> texts.add(count + " topic aliases"));
        facts.serverKeepAliveSeconds()
                .ifPresent(seconds -> texts.add("keep-alive of " + seconds + " s"));
        if (facts.assignedClientId() != null) {
            texts.add("gives its own client ids");
        }
        if (facts.serverReference() != null) {
            texts.add("refers to " + facts.serverReference());
        }
        if (facts.reason() != null) {
            texts.add("says: " + facts.reason());
        }
        facts.maximumQos()
                .ifPresent(
                        qos -> {
                            if (qos == 0) {
                                missing.add("QoS 1");
                            }
                            texts.add("QoS up to " + qos);
                        });
        add(facts.retainAvailable(), "retained messages", texts, missing);
        add(facts.wildcardsAvailable(), "wildcards", texts, missing);
        add(facts.sharedSubscriptionsAvailable(), "shared subscriptions", texts, missing);
        String text = String.join(", ", texts);
        return missing.isEmpty()
                ? Finding.good(text)
                : Finding.warning(
                        "no " + String.join(", no ", missing) + "; " + text,
                        "Rules that need them will fail; most brokers have a setting for each.");
    }

    private static void add(
            boolean available, String what, List<String> texts, List<String> missing) {
        (available ? texts : missing).add(what);
    }

    /**
     * How many messages may be without an answer. Towards the broker CONNACK tells; towards the job
     * it shows only under load, since it is the smaller of what the job allows and what the broker
     * is set to.
     */
    private Finding window() {
        String towardsBroker =
                settings.version() == ProtocolVersion.V5
                        ? "to the broker " + facts.receiveMaximum().orElse(RECEIVE_MAXIMUM) + "; "
                        : "";
        long millis = Math.max(1, request.checkpointInterval().toMillis());
        return Finding.unknown(
                towardsBroker
                        + "to the job at most "
                        + settings.receiveMaximum()
                        + ", less if the broker is set so, which shows under load only",
                String.format(
                        Locale.ROOT,
                        "At a checkpoint each %d ms, a window of 32 (EMQX: mqtt.max_inflight) gives"
                                + " %,d messages/s and session, one of 20 (Mosquitto:"
                                + " max_inflight_messages) %,d. Raise that setting, and the queue's"
                                + " (mqtt.max_mqueue_len, max_queued_messages), for more.",
                        millis,
                        32L * MILLIS / millis,
                        20L * MILLIS / millis));
    }
}
