package io.millrace.mqtt.probe;

import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.BrokerFacts;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.client.TopicName;
import io.millrace.mqtt.client.TrialConnection;

/**
 * Finds out what the user may subscribe and publish to. A shared subscription is tried in a group
 * of its own, since a member of the job's group would take messages from the job. For one thread.
 */
final class RightsProbe {
    private static final long NO_SESSION = 0;

    /** A message that is of no use to anybody and harms nobody who reads JSON. */
    private static final String PAYLOAD = "{}";

    private final MqttProbeRequest request;
    private final ConnectionSettings settings;
    private final BrokerFacts facts;
    private TrialConnection again;

    RightsProbe(MqttProbeRequest request, ConnectionSettings settings, BrokerFacts facts) {
        this.request = request;
        this.settings = settings;
        this.facts = facts;
    }

    /**
     * Looks.
     *
     * @param trial a connection, which the broker may cut for what it is asked
     */
    void run(TrialConnection trial, Checklist checks) {
        try {
            for (String filter : request.filters()) {
                checks.run("subscribe", () -> subscribe(open(trial), filter));
            }
            for (String topic : request.topics()) {
                checks.run("publish", () -> publish(open(trial), topic));
            }
        } finally {
            if (again != null) {
                again.close();
            }
        }
    }

    private TrialConnection open(TrialConnection trial) throws MqttFailure {
        if (again == null && trial.isOpen() || again != null && again.isOpen()) {
            return again == null ? trial : again;
        }
        if (again != null) {
            again.close();
        }
        again = new TrialConnection(settings, BrokerProbe.clientId(), true, NO_SESSION);
        again.connect();
        return again;
    }

    private Finding subscribe(TrialConnection trial, String text) {
        TopicFilter filter;
        try {
            filter = TopicFilter.parse(text);
        } catch (IllegalArgumentException e) {
            return Finding.bad(e, "");
        }
        if (filter.isShared() && !facts.sharedSubscriptionsAvailable()) {
            return Finding.bad(
                    "'" + text + "': the broker does not support shared subscriptions",
                    "Use the filter without $share/<group>/.");
        }
        String asked =
                filter.isShared()
                        ? "$share/" + BrokerProbe.clientId() + "/" + filter.pattern()
                        : text;
        try {
            int granted =
                    trial.subscribe(new Subscription(asked, request.qos(), RetainedHandling.NEVER));
            return granted < request.qos()
                    ? Finding.warning(
                            "'" + text + "' with QoS " + granted + " only",
                            "What is delivered with QoS 0 is lost when the job fails.")
                    : Finding.good(
                            "'"
                                    + text
                                    + "' with QoS "
                                    + granted
                                    + (filter.isShared() ? ", in a group of its own" : ""));
        } catch (MqttFailure e) {
            return trial.isOpen() || e.isPermanent()
                    ? Finding.bad(e, "")
                    : Finding.bad(
                            "the broker hangs up when asked for '" + text + "'",
                            "Most likely the user has not the right to subscribe to it.");
        }
    }

    private Finding publish(TrialConnection trial, String topic) {
        String problem = TopicName.problem(topic);
        if (problem != null) {
            return Finding.bad("'" + topic + "' is no topic: " + problem, "Name one topic.");
        }
        if (facts.maximumQos().orElse(1) < 1) {
            return Finding.bad(
                    "the broker takes QoS 0 only", "Set 'sink.qos' = '0' if messages may be lost.");
        }
        try {
            trial.publish(topic, PAYLOAD);
        } catch (MqttFailure e) {
            return trial.isOpen() || e.isPermanent()
                    ? Finding.bad(e, "")
                    : Finding.bad(
                            "the broker hangs up when asked to publish to '" + topic + "'",
                            "Most likely the user has not the right to publish to it.");
        }
        return settings.version() == ProtocolVersion.V5
                ? Finding.good("'" + topic + "' took a message " + PAYLOAD)
                : Finding.unknown(
                        "'" + topic + "': the message is acknowledged",
                        "MQTT 3.1.1 has no word for a refusal; subscribe to see whether it came.");
    }
}
