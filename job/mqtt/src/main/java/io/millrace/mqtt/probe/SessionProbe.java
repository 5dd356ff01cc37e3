package io.millrace.mqtt.probe;

import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.BrokerFacts;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.TrialConnection;
import java.time.Duration;

/**
 * Finds out whether the broker keeps a session while nobody is connected: one without subscriptions
 * is begun, left, taken up again and ended. For one thread.
 */
final class SessionProbe {
    private static final long NO_SESSION = 0;

    private final ConnectionSettings settings;
    private final int qos;

    SessionProbe(ConnectionSettings settings, int qos) {
        this.settings = settings;
        this.qos = qos;
    }

    Finding look() throws MqttFailure {
        String clientId = BrokerProbe.clientId();
        long asked = settings.sessionExpirySeconds();
        boolean v5 = settings.version() == ProtocolVersion.V5;
        BrokerFacts begun;
        // With MQTT 3.1.1 only a session that is not clean is kept; the id is new, so it is empty.
        try (TrialConnection first = new TrialConnection(settings, clientId, v5, asked)) {
            begun = first.connect();
        }
        long granted = begun.sessionExpirySeconds().orElse(asked);
        boolean kept = end(clientId, v5);
        if (!kept) {
            return qos == 0
                    ? Finding.warning("no", "With 'qos' = '0' none is needed.")
                    : Finding.bad(
                            "the broker forgets a session as soon as nobody is connected",
                            "What is published while the job restarts would be lost. Allow"
                                    + " persistent sessions for this user (EMQX:"
                                    + " mqtt.session_expiry_interval; Mosquitto: no"
                                    + " persistent_client_expiration below 1h).");
        }
        if (!v5) {
            return Finding.good("yes; MQTT 3.1.1 does not tell for how long");
        }
        if (granted < asked) {
            return Finding.warning(
                    "for "
                            + text(granted)
                            + " only, of the "
                            + text(asked)
                            + " of 'session.expiry'",
                    "An outage longer than that loses messages. Raise the broker's limit (EMQX:"
                            + " mqtt.session_expiry_interval; Mosquitto:"
                            + " persistent_client_expiration).");
        }
        return Finding.good("for " + text(granted) + ", as 'session.expiry' asks");
    }

    /** Takes the session up and ends it; returns whether it was there. */
    private boolean end(String clientId, boolean v5) throws MqttFailure {
        boolean present;
        try (TrialConnection second = new TrialConnection(settings, clientId, false, NO_SESSION)) {
            present = second.connect().sessionPresent();
            second.endSession();
        }
        if (!v5) {
            // 3.1.1 can only say so when it connects.
            try (TrialConnection last = new TrialConnection(settings, clientId, true, NO_SESSION)) {
                last.connect();
            }
        }
        return present;
    }

    static String text(long seconds) {
        if (seconds >= 0xFFFF_FFFFL) {
            return "ever";
        }
        Duration time = Duration.ofSeconds(seconds);
        if (seconds > 0 && seconds % Duration.ofDays(1).toSeconds() == 0) {
            return time.toDays() + " d";
        }
        if (seconds > 0 && seconds % Duration.ofHours(1).toSeconds() == 0) {
            return time.toHours() + " h";
        }
        return seconds + " s";
    }
}
