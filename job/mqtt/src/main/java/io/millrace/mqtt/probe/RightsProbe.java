package io.millrace.mqtt.probe;

import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.common.probe.Verdict;
import io.millrace.mqtt.client.BrokerFacts;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.client.TopicName;
import io.millrace.mqtt.client.TrialConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what the user may subscribe and publish to. A shared subscription is tried in a group
 * of its own, since a member of the job's group would take messages from the job.
 *
 * <p>Some brokers, Mosquitto with an access file among them, grant each subscription and look at
 * the user's rights only when there is a message to deliver. A filter that no job has tells whether
 * this is one; then only a message that is published and comes back is proof. For one thread.
 */
final class RightsProbe {
    private static final long NO_SESSION = 0;
    private static final Duration DELIVERY = Duration.ofSeconds(1);

    private final MqttProbeRequest request;
    private final ConnectionSettings settings;
    private final BrokerFacts facts;
    private final List<TopicFilter> granted = new ArrayList<>();
    private TrialConnection again;
    private boolean grantsAnything;

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
            grantsAnything = !request.filters().isEmpty() && grantsAnything();
            for (String filter : request.filters()) {
                checks.run("subscribe", () -> subscribe(open(trial), filter));
            }
            for (String topic : request.topics()) {
                String payload = "{\"millrace_test\":\"" + BrokerProbe.clientId() + "\"}";
                if (checks.run("publish", () -> publish(open(trial), topic, payload))) {
                    granted.stream()
                            .filter(filter -> filter.matches(topic))
                            .findFirst()
                            .ifPresent(
                                    filter ->
                                            checks.run(
                                                    "delivery",
                                                    () ->
                                                            delivered(
                                                                    open(trial),
                                                                    filter,
                                                                    topic,
                                                                    payload)));
                }
            }
        } finally {
            if (again != null) {
                again.close();
            }
        }
    }

    /** On a connection of its own, which the broker may cut for such a question. */
    private boolean grantsAnything() {
        try (TrialConnection other =
                new TrialConnection(settings, BrokerProbe.clientId(), true, NO_SESSION)) {
            other.connect();
            other.subscribe(
                    new Subscription(BrokerProbe.clientId() + "/x", 0, RetainedHandling.NEVER));
            return true;
        } catch (MqttFailure e) {
            return false;
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
            int qos =
                    trial.subscribe(new Subscription(asked, request.qos(), RetainedHandling.NEVER));
            granted.add(filter);
            return granted(text, qos, filter.isShared());
        } catch (MqttFailure e) {
            return trial.isOpen() || e.isPermanent()
                    ? Finding.bad(e, "")
                    : Finding.bad(
                            "the broker hangs up when asked for '" + text + "'",
                            "Most likely the user has not the right to subscribe to it.");
        }
    }

    private Finding granted(String text, int qos, boolean shared) {
        String found = "'" + text + "' with QoS " + qos + (shared ? ", in a group of its own" : "");
        if (qos < request.qos()) {
            return Finding.warning(
                    found, "What is delivered with a lower QoS is lost when the job fails.");
        }
        return grantsAnything && settings.username() != null
                ? new Finding(
                        Verdict.GOOD,
                        found + ", as this broker grants any filter",
                        "If it looks at rights only when it delivers (Mosquitto's access file),"
                                + " --publish with a topic of the filter tells more.")
                : Finding.good(found);
    }

    private Finding publish(TrialConnection trial, String topic, String payload) {
        String problem = TopicName.problem(topic);
        if (problem != null) {
            return Finding.bad("'" + topic + "' is no topic: " + problem, "Name one topic.");
        }
        if (facts.maximumQos().orElse(1) < 1) {
            return Finding.bad(
                    "the broker takes QoS 0 only", "Set 'sink.qos' = '0' if messages may be lost.");
        }
        try {
            trial.publish(topic, payload);
        } catch (MqttFailure e) {
            return trial.isOpen() || e.isPermanent()
                    ? Finding.bad(e, "")
                    : Finding.bad(
                            "the broker hangs up when asked to publish to '" + topic + "'",
                            "Most likely the user has not the right to publish to it.");
        }
        return settings.version() == ProtocolVersion.V5
                ? Finding.good("'" + topic + "' took " + payload)
                : Finding.unknown(
                        "'" + topic + "': the message is acknowledged",
                        "MQTT 3.1.1 has no word for a refusal; see whether it is delivered.");
    }

    private static Finding delivered(
            TrialConnection trial, TopicFilter filter, String topic, String payload)
            throws InterruptedException {
        long end = System.nanoTime() + DELIVERY.toNanos();
        long left = DELIVERY.toNanos();
        while (left > 0) {
            Optional<String> message = trial.nextMessage(Duration.ofNanos(left));
            if (message.isPresent() && message.get().equals(payload)) {
                return Finding.good("it came back through '" + filter.text() + "'");
            }
            left = end - System.nanoTime();
        }
        return Finding.bad(
                "it does not come through '"
                        + filter.text()
                        + "', though the subscription is granted",
                "Give the user the right to read '"
                        + topic
                        + "' in the broker's access rules, and see that nothing else of them"
                        + " applies.");
    }
}
