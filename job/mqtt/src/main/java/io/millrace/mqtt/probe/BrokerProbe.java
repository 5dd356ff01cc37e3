package io.millrace.mqtt.probe;

import io.millrace.common.probe.Checklist;
import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.BrokerFacts;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.TrialConnection;
import java.util.UUID;

/** Looks at one broker that can be reached. For one thread. */
final class BrokerProbe {
    private static final long NO_SESSION = 0;

    private final MqttProbeRequest request;
    private final String address;
    private final ConnectionSettings settings;

    BrokerProbe(MqttProbeRequest request, String address) {
        this.request = request;
        this.address = address;
        this.settings =
                request.connection()
                        .forTrial(address, request.connection().version(), request.timeout());
    }

    /** A name that no other client has. */
    static String clientId() {
        return "millrace-test-" + UUID.randomUUID().toString().substring(0, 8);
    }

    void run(Checklist checks) {
        TrialConnection trial = new TrialConnection(settings, clientId(), true, NO_SESSION);
        try {
            BrokerFacts[] facts = new BrokerFacts[1];
            if (!checks.run("authentication", () -> connect(trial, facts))) {
                return;
            }
            BrokerLimits limits = new BrokerLimits(request, settings, facts[0]);
            checks.note("protocol", limits.protocol());
            if (!checks.run(
                    "session kept", () -> new SessionProbe(settings, request.qos()).look())) {
                return;
            }
            limits.note(checks);
            new RightsProbe(request, settings, facts[0]).run(trial, checks);
            checks.run("broker", () -> new BrokerName(settings).look());
        } finally {
            trial.close();
        }
    }

    private Finding connect(TrialConnection trial, BrokerFacts[] facts) {
        String who =
                settings.username() == null
                        ? "no user name is given, and the broker lets anybody in"
                        : "user '" + settings.username() + "' is let in";
        try {
            facts[0] = trial.connect();
            return Finding.good(who);
        } catch (MqttFailure e) {
            boolean answered = trial.refusal().isPresent();
            boolean version =
                    trial.refusal().filter(r -> r == TrialConnection.Refusal.VERSION).isPresent()
                            || e.isPermanent() && !answered;
            ProtocolVersion other = other();
            return (version || !answered) && speaks(other)
                    ? Finding.bad(
                            "the broker does not speak MQTT " + settings.version(),
                            "It speaks MQTT "
                                    + other
                                    + ": set 'protocol-version' = '"
                                    + other
                                    + "'.")
                    : Finding.bad(e, remedy());
        }
    }

    private ProtocolVersion other() {
        return settings.version() == ProtocolVersion.V5
                ? ProtocolVersion.V3_1_1
                : ProtocolVersion.V5;
    }

    private boolean speaks(ProtocolVersion version) {
        try (TrialConnection trial =
                new TrialConnection(
                        request.connection().forTrial(address, version, request.timeout()),
                        clientId(),
                        true,
                        NO_SESSION)) {
            trial.connect();
            return true;
        } catch (MqttFailure e) {
            return false;
        }
    }

    private static String remedy() {
        return "Is there a broker at that port, and does 'url' say tcp://, ssl://, ws:// or wss://"
                + " as the port does?";
    }
}
