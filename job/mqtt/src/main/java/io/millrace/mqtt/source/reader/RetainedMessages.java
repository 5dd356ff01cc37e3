package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.source.MqttSourceSettings;

/**
 * Leaves out retained messages that nobody asked for. With MQTT 5 the broker does most of that;
 * with 3.1.1 it sends them with each SUBSCRIBE. A message carries the flag only if it was stored on
 * its topic when the session subscribed. Not thread-safe.
 */
final class RetainedMessages {
    private final RetainedHandling handling;
    // Null if the broker leaves repeats out.
    private final RetainedRepeats repeats;

    RetainedMessages(MqttSourceSettings settings) {
        handling = settings.retained();
        repeats =
                handling == RetainedHandling.ON_NEW_SESSION
                                && settings.connection().version() == ProtocolVersion.V3_1_1
                        ? new RetainedRepeats()
                        : null;
    }

    boolean isWanted(ReceivedMessage message) {
        if (!message.retained()) {
            return true;
        }
        return switch (handling) {
            case ALWAYS -> true;
            case NEVER -> false;
            case ON_NEW_SESSION -> repeats == null || !repeats.isRepeat(message);
        };
    }
}
