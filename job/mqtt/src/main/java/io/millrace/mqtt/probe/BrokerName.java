package io.millrace.mqtt.probe;

import io.millrace.common.probe.Finding;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TrialConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the broker's name and version, which MQTT itself does not tell: many keep it as a
 * message. Over a connection of its own, which brokers may cut for such a question.
 */
final class BrokerName {
    private static final List<String> TOPICS =
            List.of("$SYS/broker/version", "$SYS/brokers/+/version");

    /** It is stored on its topic, so it comes at once or not at all. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final ConnectionSettings settings;

    BrokerName(ConnectionSettings settings) {
        this.settings = settings;
    }

    Finding look() throws InterruptedException {
        try (TrialConnection trial =
                new TrialConnection(settings, BrokerProbe.clientId(), true, 0)) {
            trial.connect();
            for (String topic : TOPICS) {
                try {
                    trial.subscribe(new Subscription(topic, 0, RetainedHandling.ALWAYS));
                } catch (MqttFailure e) {
                    // Not for this user.
                }
            }
            Optional<String> name = trial.nextMessage(PATIENCE);
            if (name.isPresent()) {
                return Finding.good(name.get().replaceAll("\\p{Cntrl}", "?"));
            }
        } catch (MqttFailure e) {
            // It is of no importance.
        }
        return Finding.unknown("it does not tell its name and version", "");
    }
}
